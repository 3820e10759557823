#!/bin/bash
# Staff at a real terminal: the logo held for five seconds, wrong PINs, a lock that a restart
# doesn't open, the right PIN, a new one, and out to service. The digits stand in no file, in no log
# and, once staff have left, in no process.   staff.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/staff
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

old=481516 new=270904
logo=(82 62)
ctl_pin() { # PIN: as a technician sets it
    printf '%s\n' "$1" | "$bin/navigatorctl" staff-pin --data-dir "$work/data"
}
hold_logo() {
    finger hold "${logo[@]}" 5300
    finger wait-screen staff-pin
}
type_pin() { # PIN
    finger wait-label 1
    finger type "$1"
}
# A sanitizer keeps freed memory, and only root may read these programs'.
hunts() {
    ((EUID == 0)) && [[ -x $bin/hunt ]] && ! grep -q libasan <(ldd "$bin/navigator-kiosk")
}
hits() { # DIGITS
    local secrets
    secrets=$(mktemp)
    printf 'word %s\n' "$1" >"$secrets"
    "$bin/hunt" "$secrets" pid "$kiosk_pid"
    rm -f "$secrets"
}
# nowhere MOMENT PIN: neither written nor in memory.
nowhere() {
    ! grep -rqF -e "$2" "$work/data" "$work/kiosk.log" || fail "$1: the PIN is written down"
    ! hunts || [[ -z $(hits "$2") ]] || fail "$1: the PIN stands in memory: $(hits "$2")"
}

make_hub
start_hub
configure_kiosk
start_x 1080 1920
start_kiosk

say "Nobody gave a PIN yet"
finger hold "${logo[@]}" 3000
finger wait-screen home
hold_logo
finger wait-label "Закрыть"
shot unset
finger tap-label "Закрыть"
finger wait-screen home
! ctl_pin 123456 2>/dev/null || fail "a PIN that everybody tries first was taken"
! ctl_pin 12345 2>/dev/null || fail "five digits were taken"
ctl_pin "$old" >/dev/null
[[ $(stat -c %a "$work/data/staff-pin") == 600 ]] || fail "others may read the PIN's file"

say "Five wrong ones lock, over a restart"
hold_logo
for pin in 111222 111223 111224 111225 111226; do
    type_pin "$pin"
done
finger wait-label "Закрыть"
shot locked
stop "$kiosk_pid"
start_kiosk
hold_logo
finger wait-label "Закрыть"
finger tap-label "Закрыть"
finger wait-screen home

say "A technician opens the lock, the right PIN the door"
ctl_pin "$old" >/dev/null
hold_logo
type_pin "${old:0:5}"
finger settle
! hunts || [[ $(hits "${old:0:5}") == *inside* ]] || fail "the hunter finds nothing"
! hunts || [[ $(hits "${old:0:5}") != *outside* ]] || fail "digits stand outside the visit"
finger type "${old:5}"
finger wait-screen staff
finger settle
shot staff
nowhere "inside" "$old"
finger tap-label "Сменить PIN"
finger wait-screen staff-new-pin
type_pin "$new"
type_pin "$new"
finger wait-screen staff
finger tap-label "Выйти"
finger wait-screen home
nowhere "after a change" "$old"
nowhere "after a change" "$new"
hold_logo
type_pin "$old"
type_pin "$new"
finger wait-screen staff

say "Out to service"
finger tap-label "Выйти в сервис"
(finger tap-label "Закрыть и выйти в сервис") 2>/dev/null || true # nobody is left to answer it
code=0
wait "$kiosk_pid" || code=$?
((code == 3)) || fail "expected the exit code of service, found $code"
! pgrep -f "$bin/navigator-link.*$work/data" >/dev/null || fail "the link still runs"
