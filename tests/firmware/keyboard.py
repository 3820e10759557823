"""A visitor with a USB keyboard, a USB stick and a USB network adapter: what was tried, and that the
terminal stayed what it was. Twice: as it is (keyboards are silent), and with the keyboard let in as a
keypad is, so that what lies behind is tried too."""
import sys

import machine

CTRL_ALT = ("ctrl", "alt")
COMBINATIONS = {
    "Ctrl+Alt+F1..F12": [(*CTRL_ALT, f"f{n}") for n in range(1, 13)],
    "Alt+F1..F12": [("alt", f"f{n}") for n in range(1, 13)],
    "Alt+Left, Right, Up; Alt+SysRq+K": [("alt", "left"), ("alt", "right"), ("alt", "up"),
                                         ("alt", "print", "k")],
    "Ctrl+Alt+Del, nine times": [(*CTRL_ALT, "delete")] * 9,
    "Alt+SysRq+B E I R S U O C F": [("alt", "print", letter) for letter in "eirsfuocb"],
    "Ctrl+C D Z \\ S Q": [("ctrl", key) for key in ("c", "d", "z", "backslash", "s", "q")],
    "Ctrl+Alt+Backspace, Ctrl+Alt+Keypad+ -": [(*CTRL_ALT, "backspace"), (*CTRL_ALT, "kp_add"),
                                               (*CTRL_ALT, "kp_subtract")],
    "Win, Win+R E L D, Menu": [("meta_l",), *[("meta_l", key) for key in "reld"], ("menu",)],
    "PrintScreen, Pause, Scroll Lock, Num Lock": [("print",), ("pause",), ("scroll_lock",),
                                                  ("num_lock",)],
    "F1..F12": [(f"f{n}",) for n in range(1, 13)],
    "Ctrl+W Q N T O P": [("ctrl", key) for key in "wqntop"],
    "Alt+F4, Alt+Tab, Alt+Space, Ctrl+Esc, Ctrl+Shift+Esc": [
        ("alt", "f4"), ("alt", "tab"), ("alt", "spc"), ("ctrl", "esc"), ("ctrl", "shift", "esc")],
    "Sleep, Wake, media keys": [("sleep",), ("wake",), ("volumeup",), ("computer",),
                                ("calculator",), ("mail",), ("ac_home",)],
}
BUTTON = {"Power": [("power",)]}  # let in, it is a button like the machine's own
LOOK = ("cat /proc/sys/kernel/random/boot_id /sys/class/tty/tty0/active; "
        "systemctl show -p MainPID,NRestarts navigator-kiosk navigator-xorg navigator-link; "
        "for p in /proc/[0-9]*; do grep -qs -e /test- -e udevd $p/cgroup || readlink $p/exe; done "
        "| sort")
LET_IN = "for k in /sys/class/input/input*/inhibited; do echo 0 > $k; done"


def try_all(box, tried):
    """Sends every combination; what the machine is must not change by any."""
    before = box.shell(LOOK)
    for name, combinations in tried.items():
        for keys in combinations:
            box.keys(*keys)
        after = box.shell(LOOK)
        if after != before:
            raise machine.Failed(f"{name}: the machine was\n{before}\nand is\n{after}")
        print(f"    {name}: nothing", flush=True)


def main():
    given = machine.arguments()
    machine.prepare(given.work, given.image)
    home = machine.picture(given.work / "home-here.png")
    box = machine.Machine(given.image, given.work / "disk.img", given.work, given.port)
    stick = given.work / "stick.img"
    machine.make_stick(stick)
    box.start()
    box.wait_home(home)

    mounts, addresses = box.shell("cat /proc/mounts"), box.shell("cat /proc/net/fib_trie")
    box.ask("device_add", driver="usb-kbd", id="visitor", bus="usb.0")
    box.ask("blockdev-add", driver="raw", **{"node-name": "stick"},
            file={"driver": "file", "filename": str(stick)})
    box.ask("device_add", driver="usb-storage", id="stick", bus="usb.0", drive="stick")
    box.ask("netdev_add", type="user", id="adapter", restrict=True)
    box.ask("device_add", driver="usb-net", id="adapter", bus="usb.0", netdev="adapter")
    for what, file in (("the keyboard", "/sys/class/input/input*/name -e QEMU.USB.Keyboard"),
                       ("the stick", "/sys/block/sd*/device/model -e QEMU"),
                       ("the adapter", "/proc/net/dev -e enx -e usb0 -e enp.*u")):
        path, pattern = file.split(" ", 1)
        machine.until(machine.ANSWER_LIMIT_S, f"{what} plugged in",
                      lambda: box.shell(f"grep -ls {pattern} {path}"))
    box.shell("udevadm settle")
    print("  keyboards as they are:", flush=True)
    try_all(box, COMBINATIONS | BUTTON)
    box.wait_home(home)
    if box.shell("cat /proc/mounts") != mounts:
        raise machine.Failed("the stick was mounted")
    if box.shell("cat /proc/net/fib_trie") != addresses:
        raise machine.Failed("the adapter got an address")
    print("  a USB stick is not mounted, a USB network adapter gets no address", flush=True)
    print("  with the keyboard let in:", flush=True)
    box.shell(LET_IN)
    box.keys("f")
    machine.until(machine.ANSWER_LIMIT_S, "a letter typed into the search",
                  lambda: machine.likeness(box.pixels(), home) < machine.ALIKE)
    try_all(box, COMBINATIONS)
    box.shot("keyboard")
    for _ in range(4):
        box.keys("esc")
    box.wait_home(home)
    box.cut()


if __name__ == "__main__":
    sys.exit(machine.run(main))
