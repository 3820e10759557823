# A PostgreSQL of a test's own: in a temporary folder, on a socket in it, gone with the test.
# Sourced by bash. The server refuses root: then it runs as the user that its package made.

pg_bin=$(find /usr/lib/postgresql -path '*/bin/initdb' -printf '%h\n' 2>/dev/null | sort -V | tail -n 1)
pg_as() {
    if ((EUID == 0)); then (cd / && setpriv --reuid postgres --regid postgres --init-groups "$@"); else "$@"; fi
}
# start_postgres [OPTION]...: sets pg_room and database, its URL. OPTION as postgres takes them.
start_postgres() {
    [ -n "$pg_bin" ] || { echo "FAILED: PostgreSQL isn't installed" >&2 && exit 1; }
    pg_room=$(mktemp -d)
    ((EUID != 0)) || chown postgres: "$pg_room"
    chmod 755 "$pg_room"
    pg_as "$pg_bin/initdb" -D "$pg_room/data" -U hub -A trust -E UTF8 --locale C --no-sync \
        >"$pg_room/log" 2>&1 || { cat "$pg_room/log" >&2 && exit 1; }
    database=postgresql://hub@${pg_room//\//%2F}/postgres
    go_postgres "$@"
}
# Again after stop_postgres.
go_postgres() {
    pg_as "$pg_bin/pg_ctl" -D "$pg_room/data" -w -l "$pg_room/server.log" -s start \
        -o "-c listen_addresses= -c unix_socket_directories=$pg_room $*" ||
        { cat "$pg_room/server.log" >&2 && exit 1; }
}
stop_postgres() { # [smart|fast|immediate]
    pg_as "$pg_bin/pg_ctl" -D "$pg_room/data" -w -s -m "${1:-immediate}" stop
}
finish_postgres() {
    [ -n "${pg_room-}" ] || return 0
    stop_postgres 2>/dev/null || true
    rm -rf "$pg_room"
}
# One value.
ask_postgres() { # SQL
    psql -XAtq "$database" -c "$1"
}
