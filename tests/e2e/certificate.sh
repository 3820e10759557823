#!/bin/bash
# A family types its certificate's number and reads kind, status and balance; every refusal has its
# own screen; and nowhere does the number stay.   certificate.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/certificate
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

start_x 1080 1920
make_hub
start_hub
configure_kiosk
start_kiosk

# check NUMBER SHOT SCREEN: types it, presses the button, photographs the answer.
check() {
    finger tap-label "Проверить сертификат"
    finger wait-screen number
    finger type "$1"
    finger tap-label "Проверить"
    finger wait-screen "$3"
    shot "$2"
}
home() {
    finger tap-label "Главная"
    finger wait-screen home
}

check 5700123456 funded result
reads funded "8 500"
reads funded "Действует"
home
check 5700341975 frozen result
reads frozen "Заморожен"
home
check 5700218804 zero result
reads zero "закончились"
home
check 5700407718 not-activated result
reads not-activated "Не активирован"
home
check 5700834490 accounting result
reads accounting "учёта"
home
check 5709999999 wrong notice
reads wrong "Не нашли такой сертификат"
home
kill -STOP "$hub_pid"
check 5700702561 silent notice
reads silent "Не получилось узнать остаток"
kill -CONT "$hub_pid"
home

say "Looking for the numbers"
numbers() { printf '%s\n' 5700123456 5700341975 5700218804 5700407718 5700834490 5709999999 5700702561; }
found() { grep -rlaF -f <(numbers) "$@" 2>/dev/null || true; }
numbers >"$work/control"
[[ $(found "$work") == "$work/control" ]] || fail "the numbers stand in: $(found "$work")"
rm "$work/control"
mapfile -t family < <(pgrep -P "$kiosk_pid"; printf '%s\n' "$kiosk_pid" "$hub_pid")
for pid in "${family[@]}"; do
    hits=$(found "/proc/$pid/cmdline" "/proc/$pid/environ")
    [[ -z $hits ]] || fail "the numbers stand in $hits"
done
stop "$kiosk_pid"
stop "$hub_pid"
[[ -z $(found "$work") ]] || fail "after the end the numbers stand in: $(found "$work")"
say "Seven answers read from the screen, no number left anywhere"
