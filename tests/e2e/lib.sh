# What end-to-end tests and the demo's tour share: an X server with a true touch screen, a hub with
# the demo region, a kiosk, a finger. Sourced by bash; needs $root (the tree), $bin (a build with
# navigator-kiosk, navigator-hub, finger) and $work (an empty folder for everything written).
#
# Nothing waits by the clock: each wait looks for what must come and gives up with a sentence.
# Everything started here is ended by finish_all, which the sourcing script traps on EXIT.

started=()
export LSAN_OPTIONS="suppressions=$root/tests/support/lsan.supp:print_suppressions=0"

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# until_true LIMIT_S WHAT COMMAND...: polls, since what is awaited has no event to wait for.
until_true() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        ((SECONDS <= end)) || fail "$what didn't happen in time"
        sleep 0.02
    done
}

finish_all() {
    local pid
    for pid in "${started[@]}"; do
        kill -CONT "$pid" 2>/dev/null || true
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    started=()
}

# stop PID: ends it and checks that it ended by itself (a sanitizer's complaint is exit 1 or 23).
stop() {
    local code=0
    kill -CONT "$1" 2>/dev/null || true
    kill "$1" 2>/dev/null || true
    wait "$1" || code=$?
    case $code in
    0 | 143) ;;
    *) fail "process $1 ended with $code: $(tail -n 20 "$work"/*.log)" ;;
    esac
}

# start_x WIDTH HEIGHT: an X server without hardware (drivers dummy and inputtest).
start_x() {
    screen_width=$1 screen_height=$2
    finger_socket=$work/finger-$1x$2
    local config=$work/xorg-$1x$2.conf number=$work/display
    cat >"$config" <<XORG
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "BlankTime" "0"
    Option "StandbyTime" "0"
    Option "OffTime" "0"
EndSection
Section "Device"
    Identifier "card"
    Driver "dummy"
    VideoRam 65536
EndSection
Section "Monitor"
    Identifier "panel"
    HorizSync 1-2000
    VertRefresh 1-500
    Modeline "panel" 200 $1 $(($1 + 8)) $(($1 + 16)) $(($1 + 24)) $2 $(($2 + 2)) $(($2 + 4)) $(($2 + 6))
EndSection
Section "Screen"
    Identifier "screen"
    Device "card"
    Monitor "panel"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Modes "panel"
        Virtual $1 $2
    EndSubSection
EndSection
Section "InputDevice"
    Identifier "touch"
    Driver "inputtest"
    Option "DeviceType" "Touch"
    Option "TouchCount" "10"
    Option "SocketPath" "$finger_socket"
EndSection
Section "InputDevice"
    Identifier "pointer"
    Driver "inputtest"
    Option "DeviceType" "PointerAbsolute"
    Option "SocketPath" "$finger_socket-pointer"
EndSection
Section "InputDevice"
    Identifier "keyboard"
    Driver "inputtest"
    Option "DeviceType" "Keyboard"
    Option "SocketPath" "$finger_socket-keyboard"
EndSection
Section "ServerLayout"
    Identifier "layout"
    Screen "screen"
    InputDevice "touch"
    InputDevice "pointer" "CorePointer"
    InputDevice "keyboard" "CoreKeyboard"
EndSection
XORG
    rm -f "$number" "$finger_socket"*
    Xorg -displayfd 3 -config "$config" -logfile "$work/xorg.log" -noreset -nolisten tcp \
        -sharevts -novtswitch vt7 3>"$number" >"$work/xorg.out" 2>&1 &
    x_pid=$!
    started+=("$x_pid")
    until_true 20 "the X server (see $work/xorg.log)" test -s "$number" -a -S "$finger_socket"
    DISPLAY=:$(<"$number")
    export DISPLAY
    start_finger
}

# start_finger: one for the server's whole life, fed through a pipe.
start_finger() {
    local pipe=$work/finger-$DISPLAY
    rm -f "$pipe".in "$pipe".out
    mkfifo "$pipe".in "$pipe".out
    "$bin/finger" "$finger_socket" "${screen_width}x$screen_height" "$work/targets" \
        <"$pipe".in >"$pipe".out &
    started+=("$!")
    exec {finger_in}>"$pipe".in {finger_out}<"$pipe".out
}

# finger COMMAND...: one command of tests/support/finger.c; prints what it answers.
finger() {
    local line
    printf '%s\n' "$*" >&"$finger_in"
    while IFS= read -r line <&"$finger_out"; do
        [[ $line == ok ]] && return
        printf '%s\n' "$line"
    done
    fail "finger $*: failed"
}

# shot NAME: the screen as it stands, once it rests, in $shots/NAME.png.
shot() {
    finger settle
    xwd -silent -root -display "$DISPLAY" | convert xwd:- "$shots/$1.png"
}
