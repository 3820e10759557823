"""A virtual machine that starts the terminal's image, with hands and eyes: what the tests of
tests/firmware share. Nothing waits by the clock: each wait looks for what must come, and gives up
with a sentence."""
import argparse
import json
import os
import pathlib
import random
import shutil
import socket
import struct
import subprocess
import sys
import time

WIDTH, HEIGHT = 1080, 1920
HOME_LIMIT_S = 600  # emulated, on a busy machine
ANSWER_LIMIT_S = 120
CHUNK_BYTES = 16 * 3  # pictures are compared in pieces of 16 pixels of a line
ALIKE = 0.975  # of the pieces: the rest may be a time, a number of clubs, a cursor that blinks
REST_PLACE = (540, 250)  # nothing to touch there on home; on the quilt any touch leads home
REST_S = 95  # the quilt comes after 90
SECTOR = 512
LOG_MAGIC = 0x6A736677736872
LOG_FLUSH, LOG_FUA, LOG_DISCARD = 1, 2, 4


started = []


class Failed(Exception):
    pass


def until(limit_s, what, look):
    """Polls look() until it is true; what is awaited has no event to wait for."""
    end = time.monotonic() + limit_s
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > end:
            raise Failed(f"{what} didn't happen in {limit_s} s")
        time.sleep(0.2)


def now():
    return time.monotonic()


def wait_until(moment):
    """A moment that a seed chose, not one that is hoped to be late enough."""
    time.sleep(max(0.0, moment - now()))


def picture(path):
    """The pixels of a picture as bytes: red, green, blue."""
    done = subprocess.run(
        ["convert", path, "-resize", f"{WIDTH}x{HEIGHT}!", "-depth", "8", "rgb:-"],
        check=True, capture_output=True)
    return done.stdout


def likeness(one, other):
    """The share of equal pieces of two pictures."""
    pieces = range(0, len(other), CHUNK_BYTES)
    if len(one) != len(other):
        return 0.0
    return sum(one[i:i + CHUNK_BYTES] == other[i:i + CHUNK_BYTES] for i in pieces) / len(pieces)


def keep_survivors(log, disk, rng):
    """What a power cut leaves: of the writes in `log` (QEMU's blklogwrites) all that were flushed
    reach `disk`, of those after the last flush a random part does. Returns (kept, lost)."""
    entries, flushed = [], 0
    with open(log, "rb") as file:
        magic = int.from_bytes(file.read(8), "little")  # written with the first flush
        if magic not in (0, LOG_MAGIC):
            raise Failed("the log of writes can't be read")
        at, end = SECTOR, os.path.getsize(log)
        while at + SECTOR <= end:
            file.seek(at)
            where, count, flags, _ = struct.unpack("<QQQQ", file.read(32))
            data = at + SECTOR
            held = 0 if flags & LOG_DISCARD else count * SECTOR
            if (count == 0 and flags == 0) or data + held > end:
                break
            if held:
                entries.append((where, data, held))
            if flags & LOG_FLUSH:
                flushed = len(entries) - (1 if held else 0)
            if flags & LOG_FUA and held:
                flushed = len(entries)
            at = data + held
        survivors = entries[:flushed] + [e for e in entries[flushed:] if rng.random() < 0.5]
        with open(disk, "r+b") as out:
            for where, data, held in survivors:
                file.seek(data)
                out.seek(where * SECTOR)
                out.write(file.read(held))
    return len(survivors), len(entries) - len(survivors)


class Machine:
    """One power-on of the terminal: from start() to cut() or leave()."""

    def __init__(self, image, disk, work, hub_port=None):
        self.image, self.disk, self.work = map(pathlib.Path, (image, disk, work))
        self.hub_port = hub_port
        self.process = self.qmp = self.agent = None
        self.events = []
        self.began = 0.0

    def start(self, firmware=False, more=()):
        overlay, log = self.work / "overlay.qcow2", self.work / "writes.log"
        log.write_bytes(b"")
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b",
                        str(self.disk), str(overlay)], check=True)
        forward = f"restrict=on,guestfwd=tcp:10.0.2.100:8055-cmd:busybox nc 127.0.0.1 {self.hub_port}"
        command = [
            "qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", "max", "-m", "1024",
            "-smp", "2", "-nodefaults", "-display", "none", "-vga", "none",
            "-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}",
            "-device", "virtio-tablet-pci", "-device", "qemu-xhci,id=usb",
            "-netdev", "user,id=net," + (forward if self.hub_port else "restrict=on"),
            "-device", "virtio-net-pci,netdev=net",
            "-blockdev", f"driver=qcow2,node-name=top,file.driver=file,file.filename={overlay}",
            "-blockdev", f"driver=file,node-name=log,filename={log}",
            "-blockdev", "driver=blklogwrites,node-name=disk,file=top,log=log",
            "-device", "virtio-blk-pci,drive=disk,write-cache=on",
            "-chardev", f"file,id=console,path={self.work}/console.log",
            "-serial", "chardev:console",
            "-serial", f"unix:{self.work}/agent,server=on,wait=off",
            "-qmp", f"unix:{self.work}/qmp,server=on,wait=off", *more]
        if firmware:
            command += ["-drive", "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE.fd"]
        else:
            command += ["-kernel", str(self.image / "kernel"), "-initrd", str(self.work / "initrd"),
                        "-append", (self.image / "cmdline").read_text().strip()]
        for name in ("agent", "qmp", "console.log"):
            (self.work / name).unlink(missing_ok=True)
        self.began = time.monotonic()
        self.events = []
        with open(self.work / "qemu.log", "w", encoding="utf-8") as said:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        started.append(self.process)
        self.qmp = self._connect("qmp")
        self._read()
        self.ask("qmp_capabilities")
        self.agent = self._connect("agent")

    def _connect(self, name):
        end = socket.socket(socket.AF_UNIX)

        def try_it():
            if self.process.poll() is not None:
                raise Failed((self.work / "qemu.log").read_text())
            try:
                end.connect(str(self.work / name))
            except OSError:
                return False
            return True
        until(20, f"a socket of the machine ({name})", try_it)
        end.settimeout(ANSWER_LIMIT_S)
        return end.makefile("rwb", buffering=0)

    def _read(self):
        line = self.qmp.readline()
        if not line:
            raise Failed("the machine is gone")
        return json.loads(line)

    def ask(self, command, **arguments):
        """A command of QEMU's; what happens meanwhile is kept in events."""
        self.qmp.write(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        while True:
            answer = self._read()
            if "event" in answer:
                self.events.append(answer["event"])
            elif "error" in answer:
                raise Failed(f"{command}: {answer['error']['desc']}")
            else:
                return answer["return"]

    def seconds(self):
        return time.monotonic() - self.began

    def shot(self, name):
        path = self.work / f"{name}.png"
        self.ask("screendump", filename=str(path), format="png")
        return path

    def pixels(self):
        path = self.work / "now.ppm"
        self.ask("screendump", filename=str(path))
        data = path.read_bytes()
        return data[-WIDTH * HEIGHT * 3:] if len(data) > WIDTH * HEIGHT * 3 else b""

    def wait_picture(self, what, wanted, limit_s=HOME_LIMIT_S):
        """Until the screen looks as `wanted` (pixels); returns how alike it is."""
        best = 0.0

        def look():
            nonlocal best
            if self.process.poll() is not None:
                raise Failed("the machine ended: " + (self.work / "qemu.log").read_text())
            best = max(best, likeness(self.pixels(), wanted))
            return best >= ALIKE
        try:
            until(limit_s, what, look)
        except Failed as failed:
            self.shot("failed")
            raise Failed(f"{failed}, at best {best:.3f} alike, see {self.work}/failed.png") from None
        return best

    def wait_home(self, home):
        """Until home stands with its catalogue; a touch ends the quilt that calls after a while."""
        rested = None

        def look():
            nonlocal rested
            if "search ready" not in self.console():
                return False
            rested = rested or now()
            if now() > rested + REST_S:
                rested = now()
                self.tap(*REST_PLACE)
            return likeness(self.pixels(), home) >= ALIKE
        try:
            until(HOME_LIMIT_S, "home", look)
        except Failed:
            self.shot("failed")
            raise
        return likeness(self.pixels(), home)

    def tap(self, x, y):
        place = [{"type": "abs", "data": {"axis": axis, "value": round(at * 32767 / (side - 1))}}
                 for axis, at, side in (("x", x, WIDTH), ("y", y, HEIGHT))]
        self.ask("input-send-event", events=place)
        for down in (True, False):
            self.ask("input-send-event",
                     events=[{"type": "btn", "data": {"down": down, "button": "left"}}])

    def keys(self, *names):
        """Together, in this order down."""
        self.ask("send-key", keys=[{"type": "qcode", "data": name} for name in names])

    def shell(self, command):
        """What root's shell in the machine says; the agent stands in the initrd of the tests only."""
        self.agent.write(command.encode() + b"\n")
        said = b""
        while not (said.endswith(b"\n") and said.splitlines()[-1].startswith(b"=== ")):
            piece = self.agent.read(4096)
            if not piece:
                raise Failed("the agent is gone")
            said += piece
        lines = said.decode(errors="replace").replace("\r", "").splitlines()
        return "\n".join(lines[:-1])

    def console(self):
        path = self.work / "console.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def cut(self, rng=None):
        """The power goes; returns (writes that survived, writes that were lost)."""
        self.process.kill()
        self.process.wait()
        for end in (self.qmp, self.agent):
            end.close()
        return keep_survivors(self.work / "writes.log", self.disk, rng or random.Random(0))


def prepare(work, image):
    """The folder `work`, with an initrd that carries the agent, and a disk of its own."""
    work = pathlib.Path(work)
    agent = work / "agent-tree"
    shutil.rmtree(agent, ignore_errors=True)
    scripts = agent / "scripts/local-bottom"
    scripts.mkdir(parents=True)
    here = pathlib.Path(__file__).parent
    shutil.copy(here / "agent", scripts / "agent")
    (scripts / "ORDER").write_text('/scripts/local-bottom/agent "$@"\n')
    archive = subprocess.run("find . | cpio -o -H newc --quiet", shell=True, check=True, cwd=agent,
                             capture_output=True).stdout
    initrd = (pathlib.Path(image) / "initrd").read_bytes()
    (work / "initrd").write_bytes(initrd + bytes(-len(initrd) % 4) + archive)


def make_stick(path):
    """A USB stick as anyone may have: FAT, one file."""
    path.write_bytes(bytes(8 << 20))
    subprocess.run(["mkfs.vfat", "-n", "STICK", str(path)], check=True, stdout=subprocess.DEVNULL)


def arguments():
    """IMAGE WORK PORT [--cuts N] [--seed N]: two folders, the hub's port."""
    parser = argparse.ArgumentParser()
    parser.add_argument("image", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("port", type=int)
    parser.add_argument("--cuts", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def run(main):
    try:
        main()
    except Failed as failed:
        print(f"firmware: {failed}", file=sys.stderr)
        return 1
    finally:
        for process in started:
            if process.poll() is None:
                process.kill()
    return 0
