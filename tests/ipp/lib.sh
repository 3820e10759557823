# shellcheck shell=bash
# What the tests of printing share: real printers of the IPP kind in a network of their own, whose
# troubles a file decides, navigator-print beside them and a kiosk's end of its socket.
#
# Sourced by bash after $root, $bin and $work are set, as tests/e2e/lib.sh, which it brings along.
# The script runs itself anew in an empty network (loopback only), so no announcement leaves it, and
# with mounts of its own.

if [[ -z ${NAVIGATOR_OWN_NET-} ]]; then
    own=(--net --mount)
    ((EUID == 0)) || own+=(--map-root-user)
    unshare "${own[@]}" true 2>/dev/null || {
        printf 'skipped: no network and mounts of our own can be had here\n'
        exit 77
    }
    NAVIGATOR_OWN_NET=1 exec unshare "${own[@]}" -- bash "$0" "$@"
fi
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"
ip link set lo up
mkdir -p /run/avahi-daemon
mount -t tmpfs avahi /run/avahi-daemon # another's pid file would stop ours

# Without its bus avahi spins and hears nothing any more.
finish_printers() {
    local code=$?
    kill -KILL "$avahi_pid" 2>/dev/null || true
    set +e
    (exit "$code")
    finish_all
}

# ippeveprinter doesn't start without DNS-SD.
start_bus() {
    cat >"$work/dbus.conf" <<BUS
<busconfig><type>system</type><listen>unix:path=$work/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/><allow user="*"/></policy></busconfig>
BUS
    printf '[server]\nallow-interfaces=lo\nuse-ipv6=no\n[publish]\ndisable-publishing=no\n' \
        >"$work/avahi.conf"
    dbus-daemon --config-file="$work/dbus.conf" --nofork --nopidfile 2>"$work/bus.log" &
    started+=($!)
    export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$work/bus
    until_true 10 "the bus" test -S "$work/bus"
    avahi-daemon -f "$work/avahi.conf" --no-drop-root --no-chroot --no-rlimits \
        >"$work/avahi.log" 2>&1 &
    avahi_pid=$!
    trap finish_printers EXIT
    until_true 10 "avahi" grep -q "startup complete" "$work/avahi.log"
}

# A receipt printer's own description.
roll_attributes() {
    cat >"$work/roll.attributes" <<'ROLL'
ATTR keyword media-supported "roll_min_80x25mm","roll_max_80x1000mm"
ATTR keyword media-default "roll_min_80x25mm"
ATTR keyword media-col-supported "media-size"
ATTR collection media-size-supported {
    MEMBER integer x-dimension 8000
    MEMBER rangeOfInteger y-dimension 2500-100000
}
ATTR boolean color-supported false
ATTR mimeMediaType document-format-supported "application/pdf"
ROLL
    printf '%s' "$work/roll.attributes"
}

answers() { : <"/dev/tcp/localhost/$1"; }

# start_printer NAME PORT [FORMATS]: the one at 8632 has a roll. Documents land in $work/NAME/,
# troubles are told by $work/NAME.state (lines of "+keyword" and "-keyword"), a job takes until
# $work/NAME.hold is gone.
start_printer() {
    local name=$1 port=$2 own=(-f "${3-application/pdf,image/urf,image/pwg-raster}")
    [[ $port != 8632 ]] || own=(-a "$(roll_attributes)")
    mkdir -p "$work/$name"
    cat >"$work/$name.job" <<JOB
#!/bin/bash
while :; do
    if [[ -e $work/$name.state ]]; then
        mv "$work/$name.state" "$work/$name.told"
        sed 's/^/STATE: /' "$work/$name.told" >&2
    fi
    [[ -e $work/$name.hold ]] || exit 0
    sleep 0.05
done
JOB
    chmod +x "$work/$name.job"
    ippeveprinter -p "$port" -n localhost -d "$work/$name" -k -c "$work/$name.job" "${own[@]}" \
        -v "$name" >>"$work/$name.log" 2>&1 &
    printer_pid=$!
    started+=("$printer_pid")
    until_true 10 "printer $name" answers "$port"
}

cups_answers() { [[ $(lpstat -r) == *"is running"* ]]; }

# start_cups: cupsd with folders of its own at localhost:6310. Besides the true backends it has
# "trouble": a device as start_printer's, which says "+keyword" just as it stands.
start_cups() {
    local dir=$work/cups kind
    mkdir -p "$dir"/{root,lib/backend,state,cache,spool,tmp,log}
    for kind in filter driver cgi-bin daemon notifier monitor; do
        [[ ! -e /usr/lib/cups/$kind ]] || ln -s "/usr/lib/cups/$kind" "$dir/lib/$kind"
    done
    install -m 700 /usr/lib/cups/backend/ipp "$dir/lib/backend/ipp"
    cat >"$dir/lib/backend/trouble" <<BACKEND
#!/bin/bash
((\$# > 0)) || exit 0
cat "\${6:--}" >"$work/queue-\$1.pdf"
while :; do
    if [[ -e $work/queue.state ]]; then
        mv "$work/queue.state" "$work/queue.told"
        sed 's/^/STATE: /' "$work/queue.told" >&2
    fi
    [[ -e $work/queue.hold ]] || exit "\$(cat "$work/queue.exit" 2>/dev/null || echo 0)"
    sleep 0.05
done
BACKEND
    chmod 700 "$dir/lib/backend/trouble"
    chmod 755 "$work" "$dir" "$dir/lib" "$dir/lib/backend"
    printf '%s\n' "ServerRoot $dir/root" "ServerBin $dir/lib" "StateDir $dir/state" \
        "CacheDir $dir/cache" "RequestRoot $dir/spool" "TempDir $dir/tmp" \
        "AccessLog $dir/log/access" "ErrorLog $dir/log/error" "PageLog $dir/log/page" \
        >"$dir/files.conf"
    printf '%s\n' 'Listen localhost:6310' 'WebInterface No' 'Browsing No' 'DefaultAuthType None' \
        '<Location />' 'Allow all' '</Location>' '<Location /admin>' 'Allow all' '</Location>' \
        '<Policy default>' 'JobPrivateAccess all' 'JobPrivateValues none' '<Limit All>' \
        '</Limit>' '</Policy>' >"$dir/cupsd.conf"
    cupsd -f -c "$dir/cupsd.conf" -s "$dir/files.conf" >"$dir/log/out" 2>&1 &
    cups_pid=$!
    started+=("$cups_pid")
    export CUPS_SERVER=localhost:6310
    until_true 10 "cupsd" cups_answers
}

# work_on NAME PORT: a job of somebody else's, so that the printer is at work until $work/NAME.hold
# is gone.
work_on() {
    touch "$work/$1.hold"
    printf '%%PDF-1.4\n' >"$work/short.pdf"
    ipptool -q -f "$work/short.pdf" "ipp://localhost:$2/ipp/print" print-job.test ||
        fail "printer $1 took no job"
}

is_idle() {
    ipptool -tv "ipp://localhost:$1/ipp/print" get-printer-attributes.test |
        grep -q 'printer-state (enum) = idle'
}
work_off() {
    rm -f "$work/$1.hold"
    until_true 10 "the end of the work of $1" is_idle "$2"
}

# trouble NAME +KEYWORD|-KEYWORD...: a printer at work changes its state.
trouble() {
    local name=$1
    shift
    printf '%s\n' "$@" >"$work/$name.new"
    mv "$work/$name.new" "$work/$name.state"
    until_true 10 "the trouble of $name" test ! -e "$work/$name.state"
}

# start_print KEY=VALUE...: navigator-print with these keys of "printer" over the kiosk's
# configuration (configure_kiosk) where there is one, and its kiosk.
start_print() {
    local key comma=
    rm -rf "$work"/print.json*
    mkdir "$work/print.json.d"
    echo '{}' >"$work/print.json"
    [[ ! -e $work/kiosk.json ]] || cp "$work/kiosk.json" "$work/print.json"
    [[ ! -e $work/kiosk.json.d ]] || cp "$work/kiosk.json.d/50-here.json" "$work/print.json.d"
    {
        printf '{"printer":{'
        for key in "$@"; do
            printf '%s"%s":"%s"' "$comma" "${key%%=*}" "${key#*=}"
            comma=,
        done
        printf '}}\n'
    } >"$work/print.json.d/90-printers.json"
    "$bin/navigator-print" --config "$work/print.json" --data-dir "$work/data" --assets "${assets-$root/assets}" \
        --socket "$work/print.socket" 2>>"$work/print.log" &
    print_pid=$!
    started+=("$print_pid")
    until_true 10 "navigator-print" test -S "$work/print.socket"
    start_kiosk_end
}

start_kiosk_end() {
    rm -f "$work/asks"
    mkfifo "$work/asks"
    : >"$work/states"
    "$bin/print-kiosk" "$work/print.socket" <"$work/asks" >"$work/states" &
    kiosk_pid=$!
    started+=("$kiosk_pid")
    exec {asks}>"$work/asks"
    seen=0
}

ask() { printf '%s\n' "$*" >&"$asks"; }

now_ms() { printf '%s' $((${EPOCHREALTIME/[.,]/} / 1000)); }

# told REGEX [LIMIT_S]: a report since the last mark has it; its line stands in $line.
told() {
    local end=$((SECONDS + ${2-10}))
    until line=$(tail -n "+$((seen + 1))" "$work/states" | grep -Em1 -- "$1"); do
        ((SECONDS <= end)) || fail "no report of /$1/; the last: $(tail -n 2 "$work/states")"
        sleep 0.02
    done
}

# mark: reports up to now are old; the newest state is told once more by its next change only.
mark() { seen=$(wc -l <"$work/states"); }
newest() { tail -n 1 "$work/states"; }
