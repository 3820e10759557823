# What end-to-end tests and the demo's tour share: an X server with a true touch screen, a hub with
# the demo region, a kiosk, a finger. Sourced by bash after $root (the tree), $bin (a build with
# navigator-kiosk, navigator-link, navigator-hub and finger) and $work (a folder for everything
# written, emptied here) are set.
#
# Nothing waits by the clock: each wait looks for what must come and gives up with a sentence.
# Everything started here ends when the sourcing script does.

# shellcheck source=packaging/lib.sh
. "$root/packaging/lib.sh"

started=()
shots=$work
export LC_ALL=C.UTF-8
export LSAN_OPTIONS="suppressions=$root/tests/support/lsan.supp:print_suppressions=0"
rm -rf "$work"
mkdir -p "$work"

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
    local pid code=$?
    ((code == 0)) || [[ -z ${DISPLAY-} ]] ||
        timeout 5 xwd -silent -root | convert xwd:- "$work/failed.png" 2>/dev/null || true
    for pid in "${started[@]}"; do
        kill -CONT "$pid" 2>/dev/null || true
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    started=()
}
trap finish_all EXIT
trap 'exit 130' INT TERM

# stop PID: ends it and checks that it ended by itself (a sanitizer's complaint is exit 1 or 23).
stop() {
    local code=0
    kill -CONT "$1" 2>/dev/null || true
    kill "$1" 2>/dev/null || true
    wait "$1" || code=$?
    case $code in
    0 | 143) ;;
    *) fail "process $1 ended with $code: $(tail -n 25 "$work"/{hub,kiosk}.log)" ;;
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
    Xorg -displayfd 3 -config "$config" -logfile "$work/xorg-$1x$2.log" -noreset -nolisten tcp \
        -sharevts -novtswitch vt7 3>"$number" >"$work/xorg.out" 2>&1 &
    x_pid=$!
    started+=("$x_pid")
    until_true 20 "the X server (see $work/xorg-$1x$2.log)" test -s "$number" -a -S "$finger_socket"
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

# reads SHOT TEXT: a person would read this text in the picture, in whatever case.
reads() {
    local said
    said=$(OMP_THREAD_LIMIT=1 tesseract "$shots/$1.png" - -l rus --psm 11 2>/dev/null |
        tr -s '\n ' ' ')
    [[ ${said,,} == *"${2,,}"* ]] || fail "$1.png: expected to read «$2», found: $said"
}

# ---- the hub

demo_region=$root/packaging/demo-region

# make_hub: keys, the demo region, its certificates, one terminal, a published feed.
make_hub() {
    hub_dir=$work/hub
    {
        "$bin/navigator-hub" init --data "$hub_dir" --region demo
        "$bin/navigator-hub" import-csv --data "$hub_dir" "$demo_region"/programs-*.csv
        "$bin/navigator-hub" certificates import --data "$hub_dir" "$demo_region/certificates.csv"
        "$bin/navigator-hub" certificates charges --data "$hub_dir" "$demo_region/charges.csv"
        "$bin/navigator-hub" certificates contracts --data "$hub_dir" "$demo_region/contracts.csv"
        "$bin/navigator-hub" guide import --data "$hub_dir" "$demo_region/guide.txt"
        "$bin/navigator-hub" publish --data "$hub_dir"
    } >"$work/import.log" 2>&1 || fail "the demo region can't be imported, see $work/import.log"
    (umask 077 && "$bin/navigator-hub" terminal add --data "$hub_dir" kiosk >"$work/token")
}

# start_hub [ADDRESS:PORT [OPTION...]]: sets hub_pid and hub_url.
start_hub() {
    local address=${1:-127.0.0.1:0}
    : >"$work/hub.log" # or the line of the hub before would be taken for this one's
    "$bin/navigator-hub" serve --data "$hub_dir" --listen "$address" "${@:2}" \
        >"$work/hub.log" 2>&1 &
    hub_pid=$!
    started+=("$hub_pid")
    until_true 20 "the hub (see $work/hub.log)" grep -q 'serving http' "$work/hub.log"
    hub_url=$(grep -oE 'https?://[0-9.]*:[0-9]*' "$work/hub.log" | head -n 1)
}

# ---- the kiosk

# configure_kiosk: the demo's configuration with this hub's address, key and token.
configure_kiosk() {
    local key
    key=$(tail -n 1 "$hub_dir/keys/feed.pub")
    mkdir -p "$work/kiosk.json.d" "$work/data"
    cp "$root/kiosk-config/demo.json" "$work/kiosk.json"
    cat >"$work/kiosk.json.d/50-here.json" <<JSON
{
  "navigator": { "url": "$hub_url", "feed_keys": ["$key"], "token_file": "$work/token" },
  "enroll": { "short_link_host": "${hub_url#*://}" },
  "terminal": { "data_dir": "$work/data" }
}
JSON
}

# start_kiosk [OPTION...]: fills the X server's screen; returns when home stands there and the
# catalogue, if there is to be one, can be searched.
start_kiosk() {
    rm -f "$work/targets"
    SDL_VIDEODRIVER=x11 "$bin/navigator-kiosk" --config "$work/kiosk.json" --window "${screen_width}x$screen_height" \
        --assets "${assets:-$root/assets}" --targets-file "$work/targets" "$@" >"$work/kiosk.log" 2>&1 &
    kiosk_pid=$!
    started+=("$kiosk_pid")
    until_true 30 "the kiosk's first frame (see $work/kiosk.log)" kiosk_stands
    until_true 60 "the catalogue" grep -q 'search ready' "$work/kiosk.log"
    finger wait-screen home
    finger settle
}
kiosk_stands() {
    kill -0 "$kiosk_pid" 2>/dev/null || fail "the kiosk ended: $(tail -n 3 "$work/kiosk.log")"
    [[ -s $work/targets ]]
}
