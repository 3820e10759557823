#!/bin/bash
# What the supervisor hears of a kiosk that lives, hangs, spins or is blind, on a true X server and
# under the Wayland compositor cage; and the page that stands there when it gave up.   session.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/session
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

limit_ms=1000 # of the watchdog; the unit has 10 s
export ASAN_OPTIONS=verify_asan_link_order=0

# kiosk NAME [VARIABLE=VALUE...]: a supervised one; its words go to $work/NAME. Sets supervisor_pid.
kiosk() {
    local name=$1
    shift
    env "$@" LD_PRELOAD="$bin/libbroken-display.so" \
        python3 "$root/tests/support/supervisor.py" "$work/$name" "$limit_ms" \
        "$bin/navigator-kiosk" --config "$root/kiosk-config/demo.json" --data-dir "$work/data" \
        --fullscreen --assets "$root/assets" --link-socket "$work/none" \
        --print-socket "$work/none" --targets-file "$work/targets" >"$work/$name.log" 2>&1 &
    supervisor_pid=$!
    started+=("$supervisor_pid")
}
heard() { grep -qx "$2" "$work/$1"; } # NAME WORD
alive() { (($(grep -cx WATCHDOG=1 "$work/$1") >= $2)); } # NAME TIMES
await() { until_true 20 "$1: $2 (see $work/$1.log)" heard "$1" "$2"; } # NAME WORD
# end NAME: kills it whatever state it is in.
end() {
    kill -KILL "$(<"$work/$1.pid")"
    wait "$supervisor_pid" || true
}
# ends NAME CODE: by itself.
ends() {
    local code=0
    wait "$supervisor_pid" || code=$?
    ((code == $2)) || fail "$1 ended with $code, expected $2: $(tail -n 3 "$work/$1.log")"
    ! heard "$1" READY=1 || fail "$1 was ready"
}

mkdir -p "$work/data"
start_x 540 960
export SDL_VIDEODRIVER=x11

say "It lives"
limit_ms=3000 kiosk lives
await lives READY=1
until_true 20 "a sign of life" alive lives 2
! heard lives silent || fail "a kiosk at rest was silent"
kill "$(<"$work/lives.pid")"
await lives STOPPING=1
wait "$supervisor_pid" || fail "it ended with $?"

say "A display is slow"
kiosk slow BROKEN_DISPLAY=slow
await slow 'STATUS=late frames: [1-9][0-9]*'
end slow

say "It is stopped"
kiosk stopped
await stopped READY=1
kill -STOP "$(<"$work/stopped.pid")"
await stopped silent
end stopped

say "The X server hangs"
kiosk server
await server READY=1
kill -STOP "$x_pid"
await server silent
kill -CONT "$x_pid"
until_true 20 "its return" alive server 1
end server

for how in hang spin; do
    say "A frame never comes back: $how"
    rm -f "$work/now"
    kiosk "$how" BROKEN_DISPLAY="$how:$work/now"
    await "$how" READY=1
    touch "$work/now"
    await "$how" silent
    end "$how"
done

say "Nothing is shown"
kiosk blind BROKEN_DISPLAY=blind
ends blind 5
kiosk nowhere DISPLAY=:987
ends nowhere 4

say "Under cage"
export XDG_RUNTIME_DIR=$work/wayland
install -d -m 700 -o nobody "$XDG_RUNTIME_DIR"
env -u DISPLAY -u LD_PRELOAD WLR_BACKENDS=headless WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 \
    setpriv --reuid=nobody --regid=nogroup --clear-groups \
    cage -d -- sleep infinity >"$work/compositor.log" 2>&1 &
started+=("$!")
until_true 20 "cage (see $work/compositor.log)" test -S "$XDG_RUNTIME_DIR/wayland-0"
export SDL_VIDEODRIVER=wayland WAYLAND_DISPLAY=wayland-0
unset DISPLAY
export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 # what Mesa unloads has no name to suppress
kiosk cage
await cage READY=1
until_true 20 "a sign of life" alive cage 2
kill "$(<"$work/cage.pid")"
wait "$supervisor_pid" || fail "it ended with $?"

say "A renderer draws nothing: another is taken"
kiosk half BROKEN_DISPLAY=half:opengl
await half READY=1
grep -q 'renderer "opengl" doesn' "$work/half.log" || fail "opengl was never tried: $(<"$work/half.log")"
end half
kiosk dark BROKEN_DISPLAY=blind
ends dark 5
say "The calm page"
# calm CAUSE SIZE CODE: a picture of it, its code read back.
calm() {
    "$bin/navigator-kiosk" --calm "$1" --config "$root/kiosk-config/demo.json" \
        --assets "$root/assets" --window "$2" 2>"$work/calm.log" >"$work/calm.ppm"
    [[ $(zbarimg -q --raw "$work/calm.ppm" 2>/dev/null) == navigator-kiosk/*";$3;"* ]] ||
        fail "the calm page of «$1» has no code $3"
    convert "$work/calm.ppm" "$work/calm.png"
}
calm "start-limit-hit exited 5" 1080x1920 E21
reads calm "Скоро снова заработает"
reads calm "Поможем в кабинете 11"
calm "watchdog killed ABRT" 1920x1080 E40
reads calm "Программа зависла"
calm "exit-code exited 2" 480x800 E10
"$bin/navigator-kiosk" --calm "exited 6" --config "$work/none" --assets "$work/none" \
    --window 800x480 2>/dev/null >"$work/calm.ppm"
[[ $(zbarimg -q --raw "$work/calm.ppm" 2>/dev/null) == *";E30;"* ]] ||
    fail "without assets and configuration the calm page has no code"
say "ok: what the supervisor hears is true"
