"""Power-on to home, by the kernel alone and through the boot loader; a touch opens the search."""
import random
import subprocess
import sys
import time

import machine

DAY_S = 86400


def beside(work, name):
    """Both pictures in one: drawn on this machine, and by the virtual one."""
    subprocess.run(["convert", work / f"{name}-here.png", work / f"{name}.png", "+append",
                    work / f"{name}-both.png"], check=True)


def search_place(work):
    """Where the search is touched: the middle of `x y w h` in what finger.c found."""
    x, y, w, h = map(int, (work / "search-place").read_text().split()[:4])
    return x + w // 2, y + h // 2


def ruin_data(image, disk):
    """Nonsense over the beginning of the data partition."""
    offsets = dict(line.split() for line in (image / "offsets-mib").read_text().splitlines())
    with open(disk, "r+b") as file:
        file.seek(int(offsets["data"]) << 20)
        file.write(random.Random(1).randbytes(4 << 20))


def check_clock(box, home):
    """A board without a battery: the clock goes on from what the network told last."""
    told = int(time.time()) + DAY_S
    box.shell(f"touch -d @{told} /var/lib/systemd/timesync/clock; sync")
    box.cut()
    box.start(more=("-rtc", "base=2020-01-01"))
    box.wait_home(home)
    says = int(box.shell("date +%s"))
    if not told <= says < told + DAY_S:
        raise machine.Failed(f"the clock says {says}, expected {told} or little more")
    print(f"  a board that thinks it is 2020 goes on from the time it was told last: home after "
          f"{box.seconds():.0f} s", flush=True)


def main():
    given = machine.arguments()
    image, work, port = given.image, given.work, given.port
    machine.prepare(work, image)
    home = machine.picture(work / "home-here.png")
    search = machine.picture(work / "search-here.png")
    box = machine.Machine(image, work / "disk.img", work, port)

    box.start()
    alike = box.wait_home(home)
    print(f"  home after {box.seconds():.0f} s, {alike:.4f} as here", flush=True)
    box.shot("home")
    box.tap(*search_place(work))
    alike = box.wait_picture("the search", search, machine.ANSWER_LIMIT_S)
    print(f"  a touch opens the search, {alike:.4f} as here", flush=True)
    box.shot("search")
    for name in ("home", "search"):
        beside(work, name)
    print(f"  {box.shell('systemd-analyze').splitlines()[0]}")
    check_clock(box, home)
    kept, lost = box.cut()
    print(f"  power cut: {kept} writes kept, {lost} lost")

    ruin_data(image, work / "disk.img")
    box.start(firmware=True)
    box.wait_picture("home through the boot loader", home)
    print(f"  through firmware and boot loader, the data ruined: home after {box.seconds():.0f} s", flush=True)
    box.cut()


if __name__ == "__main__":
    sys.exit(machine.run(main))
