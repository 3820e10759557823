# Shared by the tests of the hub: a room of their own, and how they say what they found.
# Sourced by bash; sets room and data. A server whose pid stands in $server ends with the test.

# shellcheck source=tests/support/room.sh
. "$(dirname "${BASH_SOURCE[0]}")/../support/room.sh"
server=
data=$room/data

# What is live of the hub in DIR goes to the PostgreSQL that HUB_ROOM_DATABASE names, if any.
share() { # DIR
    [ -z "${HUB_ROOM_DATABASE-}" ] || "$hub" database init --data "$1" "$HUB_ROOM_DATABASE" >/dev/null
}
