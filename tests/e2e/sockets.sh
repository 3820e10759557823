#!/bin/bash
# Kiosk, link and print as three services that meet at sockets: each is killed and comes back, a
# stranger and a hostile client come in the kiosk's place, and there are two kiosks.
#   sockets.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/sockets
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

limit_s=10 # the promise is 2 s; a sanitizer's build on a busy machine takes longer

# start_unit NAME OPTION...: navigator-NAME behind its socket.
start_unit() {
    local name=$1
    shift
    python3 "$root/tests/support/socket_unit.py" "$work/$name.sock" "$bin/navigator-$name" \
        --config "$work/kiosk.json" "$@" >>"$work/$name.log" 2>&1 &
    started+=("$!")
}
# blind_kiosk DATA: one without a screen. Sets kiosk_pid.
blind_kiosk() {
    mkdir -p "$1"
    SDL_VIDEODRIVER=dummy "$bin/navigator-kiosk" --config "$work/kiosk.json" --data-dir "$1" \
        --window 540x960 --assets "$root/assets" \
        --link-socket "$work/link.sock" --print-socket "$work/print.sock" >>"$1/kiosk.log" 2>&1 &
    kiosk_pid=$!
    started+=("$kiosk_pid")
}
times() { grep -c "kiosk: $2\$" "$work/$1.log" || true; } # NAME WORD
more() { (($(times "$1" "$2") > $3)); }                   # NAME WORD COUNT
# back: the kiosk has come to the link and to print once more than connected_link, connected_print.
note() { link_times=$(times link connected) print_times=$(times print connected); }
back() { until_true "$limit_s" "the kiosk's return to $1" more "$1" connected "$2"; }
kill_unit() { kill -KILL "$(<"$work/$1.sock.pid")"; }
# client NAME PYTHON: a client of the socket, in the background. Sets client_pid.
client() {
    python3 -c "import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect('$work/$1.sock')
$2" &
    client_pid=$!
    started+=("$client_pid")
}

make_hub
start_hub
configure_kiosk
printf '{"printer":{"save_dir":"%s"}}\n' "$work/stick" >"$work/kiosk.json.d/60-printers.json"
start_unit link
start_unit print --assets "$root/assets"
until_true 30 "a sync before any kiosk came" grep -q 'is ready' "$work/link.log"

blind_kiosk "$work/data"
first_kiosk=$kiosk_pid
back link 0
back print 0
until_true 30 "the catalogue" grep -q 'search ready' "$work/data/kiosk.log"
[[ -z $(pgrep -P "$first_kiosk") ]] || fail "the kiosk started a program"

say "Helpers are killed"
for name in link print; do
    note
    kill_unit $name
    times_before=${name}_times
    back $name "${!times_before}"
done
grep -q 'catalogue .* is ready' "$work/link.log"

say "The kiosk is killed"
note
kill -KILL "$first_kiosk"
wait "$first_kiosk" 2>/dev/null || true
until_true "$limit_s" "the link's notice" more link gone 0
blind_kiosk "$work/data"
first_kiosk=$kiosk_pid
back link "$link_times"
back print "$print_times"

say "In the kiosk's place: garbage, half a frame that is held, silence"
for name in link print; do
    for send in "s.sendall(b'\xff' * 100000)" "s.sendall(b'\x40\x00')" "pass"; do
        note
        times_before=${name}_times
        client $name "
try:
    $send
    s.recv(1 << 20)
    while s.recv(1 << 20): pass
except OSError: pass"
        back $name $((${!times_before} + 1)) # the client and then the kiosk
        until_true "$limit_s" "the hostile client's end" bash -c "! kill -0 $client_pid"
    done
done

if ((EUID == 0)); then
    say "A stranger"
    chmod 711 "$work"
    chmod 666 "$work/link.sock"
    python3 -c "import os, socket
os.chdir('$work')
os.setuid(65534)
s = socket.socket(socket.AF_UNIX)
s.connect('link.sock')
assert s.recv(1) == b''"
    grep -q 'found user 65534 at the socket' "$work/link.log" || fail "the stranger isn't told"
fi

say "Two kiosks"
note
blind_kiosk "$work/second"
until_true "$limit_s" "the second kiosk" more link connected "$link_times"
stop "$kiosk_pid"
note
until_true "$limit_s" "the first kiosk" grep -q 'lost' "$work/data/kiosk.log"
back link $((link_times - 1))
kill -0 "$first_kiosk" || fail "the first kiosk ended"
stop "$first_kiosk"
say "Sockets: $(times link connected) meetings with the link, $(times print connected) with print"
