# What the tests of printing share: real printers of the IPP kind in a network of their own, whose
# troubles a file decides, navigator-print beside them and a kiosk's end of its socket.
#
# Sourced by bash after $root, $bin and $work are set, as tests/e2e/lib.sh, which it brings along.
# The script runs itself anew in an empty network (loopback only), so no announcement leaves it.

if [[ -z ${NAVIGATOR_OWN_NET-} ]]; then
    own=(--net)
    ((EUID == 0)) || own+=(--map-root-user)
    unshare "${own[@]}" true 2>/dev/null || {
        printf 'skipped: no network namespace can be made here\n'
        exit 77
    }
    NAVIGATOR_OWN_NET=1 exec unshare "${own[@]}" -- bash "$0" "$@"
fi
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"
ip link set lo up

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
    started+=($!)
    until_true 10 "avahi" grep -q "startup complete" "$work/avahi.log"
}

# start_printer NAME PORT [FORMATS]: documents land in $work/NAME/, troubles are told by
# $work/NAME.state (lines of "+keyword" and "-keyword"), a job takes until $work/NAME.hold is gone.
start_printer() {
    local name=$1 port=$2 formats=${3-application/pdf,image/urf,image/pwg-raster}
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
    ippeveprinter -p "$port" -n localhost -d "$work/$name" -k -c "$work/$name.job" -f "$formats" \
        -v "$name" >>"$work/$name.log" 2>&1 &
    printer_pid=$!
    started+=("$printer_pid")
    until_true 10 "printer $name" ipptool -q "ipp://localhost:$port/ipp/print" \
        get-printer-attributes.test
}

# trouble NAME PORT +KEYWORD|-KEYWORD...: a short job tells the printer what its state is.
trouble() {
    local name=$1 port=$2
    shift 2
    printf '%s\n' "$@" >"$work/$name.state"
    printf '%%PDF-1.4\n' >"$work/short.pdf"
    ipptool -q -f "$work/short.pdf" "ipp://localhost:$port/ipp/print" print-job.test || true
    until_true 10 "the trouble of $name" test ! -e "$work/$name.state"
}

# start_print KEY=VALUE...: navigator-print with these keys of "printer", and its kiosk.
start_print() {
    local key comma=
    {
        printf '{"printer":{'
        for key in "$@"; do
            printf '%s"%s":"%s"' "$comma" "${key%%=*}" "${key#*=}"
            comma=,
        done
        printf '}}\n'
    } >"$work/print.json"
    "$bin/navigator-print" --config "$work/print.json" --data-dir "$work/data" --assets "$root/assets" \
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
