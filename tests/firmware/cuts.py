"""Power cuts at random moments, half of them while the machine starts, half while it syncs what the
hub has just published. After each, the machine must come home again by itself; what a cut leaves on
the disk is all that was flushed and a random part of what wasn't."""
import random
import subprocess
import sys

import machine

BOOT_SHARE = 0.5  # of the cuts
SYNC_WINDOW_S = 4.0  # from the moment the link begins to fetch


def publish(given, count):
    """A new serial that the machine hasn't: one club more."""
    table = given.work / "more.csv"
    table.write_text("title,organization,description\n" + "".join(
        f"Проверка питания {i},Дом детского творчества,{count}\n" for i in range(40)), encoding="utf-8")
    hub = [str(given.image.parent / "navigator-hub")]
    data = ["--data", str(given.work / "hub")]
    for command in (["import-csv", *data, "--keep-missing", str(table)], ["publish", *data]):
        subprocess.run(hub + command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def fetches(given):
    return (given.work / "hub.log").read_text(errors="replace").count("GET feed")


def cut_in_boot(box, rng, whole_s):
    box.cut(rng)
    box.start()
    moment = rng.uniform(1, whole_s)
    machine.wait_until(box.began + moment)
    return f"{moment:.0f} s after power-on"


def cut_in_sync(box, given, rng, count):
    before = fetches(given)
    publish(given, count)
    machine.until(machine.HOME_LIMIT_S, "a sync", lambda: fetches(given) > before)
    moment = rng.uniform(0, SYNC_WINDOW_S)
    machine.wait_until(machine.now() + moment)
    return f"{moment:.1f} s into a sync"


def main():
    given = machine.arguments()
    machine.prepare(given.work, given.image)
    rng = random.Random(given.seed)
    home = machine.picture(given.work / "home-here.png")
    box = machine.Machine(given.image, given.work / "disk.img", given.work, given.port)

    box.start()
    box.wait_home(home)
    whole_s = box.seconds()
    print(f"  undisturbed: home after {whole_s:.0f} s", flush=True)
    kept = lost = 0
    for count in range(1, given.cuts + 1):
        if rng.random() < BOOT_SHARE:
            where = cut_in_boot(box, rng, whole_s)
        else:
            where = cut_in_sync(box, given, rng, count)
        survived, gone = box.cut(rng)
        kept, lost = kept + survived, lost + gone
        box.start()
        box.wait_home(home)
        print(f"  cut {count}: {where}, {survived} writes kept, {gone} lost: home after "
              f"{box.seconds():.0f} s", flush=True)
    box.cut(rng)
    print(f"  {given.cuts} cuts, home {given.cuts} times; {kept} writes kept, {lost} lost "
          f"(seed {given.seed})")


if __name__ == "__main__":
    sys.exit(machine.run(main))
