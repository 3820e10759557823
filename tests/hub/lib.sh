# Shared by the tests of the hub: a room of their own, and how they say what they found.
# Sourced by bash; sets room and data. A server whose pid stands in $server ends with the test.

room=$(mktemp -d)
server=
export LC_ALL=C.UTF-8
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$room"
}
trap finish EXIT
data=$room/data

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
expect() { # WHAT FOUND EXPECTED
    [ "$2" = "$3" ] || fail "$1: found «$2», expected «$3»"
    echo "ok: $1"
}
has() { # WHAT TEXT PIECE
    [[ $2 == *"$3"* ]] || fail "$1: expected «$3» in «$2»"
    echo "ok: $1"
}
# What is live of the hub in DIR goes to the PostgreSQL that HUB_ROOM_DATABASE names, if any.
share() { # DIR
    [ -z "${HUB_ROOM_DATABASE-}" ] || "$hub" database init --data "$1" "$HUB_ROOM_DATABASE" >/dev/null
}
