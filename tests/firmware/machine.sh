# A Debian 12 of a test's own that runs: booted by tests/firmware/container, looked at from outside.
# Sourced by bash after tests/e2e/lib.sh; all of the machine's processes end with the test.
tree=$work/machine # its root

# unpack_machine PACKAGE...: what build/packages depend on and these; the base is fetched once, into
# base.*.tar beside $work.
unpack_machine() {
    local packages tar
    mapfile -t packages < <({
        depends_of "$root"/build/packages/*.deb
        printf '%s\n' dbus iproute2 procps systemd-sysv "$@"
    } | sort -u)
    tar=$work/../base-$(printf '%s\n' "${packages[@]}" | sha256sum | head -c 12).tar
    fetch_debian "$tar" "${packages[@]}"
    mkdir "$tree"
    tar -C "$tree" -xf "$tar"
    rm -f "$tree/etc/resolv.conf" # of the machine that fetched
}
# drop_in UNIT: standard input, as a drop-in: what a machine without consoles and cards needs
# otherwise. The sandboxes stay as they are.
drop_in() {
    mkdir -p "$tree/etc/systemd/system/$1.d"
    cat >"$tree/etc/systemd/system/$1.d/test.conf"
}
# command_of UNIT: its ExecStart=, on one line.
command_of() { sed -n '/^ExecStart=/{:a;/\\$/{N;s/\\\n *//;ba};p}' "$tree/lib/systemd/system/$1"; }
# shellcheck disable=SC2034 # read by who sources this
no_console=$'StandardInput=null\nTTYPath=\nTTYReset=no\nTTYVHangup=no\nTTYVTDisallocate=no'

boot() {
    "$root/tests/firmware/container" "$tree" >"$work/boot.log" 2>&1 </dev/null &
    started+=("$!")
    until_true 10 "the machine" test -s "$work/unshare.pid"
    machine_pid=$(<"$work/unshare.pid")
    trap 'kill -KILL "$machine_pid" 2>/dev/null || true; finish_all' EXIT
    until_true 10 "the first process" pgrep -P "$machine_pid"
    init_pid=$(pgrep -P "$machine_pid")
}
inside_s=60
# inside COMMAND...: on the running machine.
inside() {
    timeout "$inside_s" nsenter -t "$init_pid" -a \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"
}
active() { [[ $(inside systemctl is-active "navigator-$1") == active ]]; }
heard() { inside journalctl -q --no-pager -o cat -u "navigator-$1" | grep "$2" >/dev/null; }
pid_of() { inside systemctl show -P MainPID "navigator-$1"; }
