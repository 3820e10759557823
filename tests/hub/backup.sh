#!/bin/bash
# A hub's way into one file while it serves, and back: the same feed, keys and tokens; a terminal
# that knows more than the backup goes on with the next publication; a damaged file makes nothing.
# tests/hub/backup.sh BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=$(realpath "$1")
hub=$bin/navigator-hub
# shellcheck source=tests/hub/lib.sh
. "$here/lib.sh"
umask 022
cd "$room"

serve() { # DIR: sets url
    : >ready
    "$hub" serve --data "$1" --listen 127.0.0.1:0 >ready 2>>log &
    server=$!
    until [ -s ready ]; do
        kill -0 "$server" 2>/dev/null || fail "the hub ended: $(<log)"
        sleep 0.02
    done
    url=$(sed -n 's/^navigator-hub: serving //p' ready)
}
stop() {
    kill -TERM "$server"
    wait "$server"
    server=
}
sync() { "$bin/navigatorctl" sync --data-dir terminal --navigator "$url" --trust hub/keys/feed.pub; }
publish() { "$hub" publish --data "$1"; }
check() { # with the terminal's token: what the hub answers
    curl -s -o body -w '%{http_code}' -H "Authorization: Bearer $token" \
        -H 'Content-Type: application/json' -d '{"number":"9900000001"}' "$url/v1/certificates/check"
}
refuses() { # WHAT FILE DIR PIECE
    local rc=0
    "$hub" restore "$2" --data "$3" 2>err || rc=$?
    expect "$1 is refused" "$rc" 1
    has "and says why" "$(<err)" "$4"
    [ ! -e "$3.restore" ] || fail "$1 leaves something"
}

"$hub" init --data hub --region test >/dev/null
"$hub" key next --data hub >/dev/null
token=$("$hub" terminal add --data hub kiosk)
"$hub" import-csv --data hub "$here/groups-1251.csv" >/dev/null 2>&1
"$hub" certificates import --data hub "$here/certificates.csv" >/dev/null 2>&1
publish hub >/dev/null

# ---- into one file
serve hub
expect "a certificate before" "$(check)" 200
has "while it serves" "$("$hub" backup --data hub backup.tar)" "backup.tar: 10 files, "
expect "only its owner may read it" "$(stat -c %a backup.tar)" 600
expect "nothing is left beside" "$(echo backup.tar*)" backup.tar
mkdir plain && tar -xf backup.tar -C plain
(cd plain && sha256sum --quiet -c SHA256SUMS)
expect "any tar can unpack it, any sha256sum check it" "$(wc -l <plain/SHA256SUMS)" 10
cmp plain/feed/v1/manifest.json hub/feed/v1/manifest.json
expect "secrets stay secret" "$(stat -c %a plain/hub.db plain/keys/*.key | sort -u)" 600

# ---- the hub and a terminal go on, then the hub is lost
"$hub" import-csv --data hub "$here/traps.csv" >/dev/null 2>&1
publish hub >/dev/null
"$hub" guide import --data hub "$here/../../kiosk-config/guide/omsk.txt" >/dev/null 2>&1
has "it publishes more" "$(publish hub)" "serial 3 (new)"
has "a terminal knows it" "$(sync)" "serial 3: new"
stop
"$hub" restore backup.tar --data again >said
has "restored" "$(<said)" "again: 10 files; serials go on beyond "
expect "nothing is left beside it" "$(echo again*)" again
expect "keys, feed and modes are the same" \
    "$(cd again && find keys feed -type f -printf '%p %m ' -exec sha256sum {} + | sort)" \
    "$(cd plain && find keys feed -type f -printf '%p %m ' -exec sha256sum {} + | sort)"
expect "its keys are the owner's" "$(stat -c %a again/keys again/hub.db | paste -sd' ')" "700 600"
if ((EUID == 0)); then
    install -d -o nobody -m 750 given
    "$hub" restore --data given backup.tar >/dev/null
    expect "all of it is the folder's owner's" "$(find given -printf '%u ' | tr ' ' '\n' | sort -u |
        xargs) $(stat -c %a given)" "nobody 750"
fi
serve again
curl -s "$url/feed/v1/manifest.json" | cmp - plain/feed/v1/manifest.json
expect "tokens and certificates are the same" "$(check)" 200
rc=0; sync >out 2>&1 || rc=$?
[[ $(<out) != *"serial 1: new"* ]] || fail "the terminal goes back: $(<out)"
echo "ok: a terminal that knows more keeps it"
published=$(publish again)
serial=$(sed -n 's/.*serial \([0-9]*\) (new).*/\1/p' <<<"$published")
[ "$serial" -gt 1000000 ] || fail "the serial is $serial"
has "and goes on with the next publication" "$(sync)" "serial $serial: new"
stop

# ---- twice from the same file: no serial twice
while [ "$(date +%s)" -le "$serial" ]; do sleep 0.1; done
"$hub" restore backup.tar --data twice >/dev/null
twice=$(publish twice | sed -n 's/.*serial \([0-9]*\) (new).*/\1/p')
[ "$twice" -gt "$serial" ] || fail "serial $twice comes after $serial"
echo "ok: a second hub of one backup has serials of its own"

# ---- refused
refuses "a folder with files" backup.tar hub "found files, expected an empty or a new folder"
head -c -1025 backup.tar >short.tar
refuses "a cut file" short.tar new "damaged"
head -c 30000 backup.tar >half.tar
refuses "half of a file" half.tar new "it ends too early"
size=$(stat -c %s backup.tar)
for place in 700 5000 $((size / 2)) $((size - 1100)); do
    cp backup.tar damaged.tar
    printf '\xA5' | dd of=damaged.tar bs=1 seek="$place" conv=notrunc status=none
    refuses "a byte changed at $place" damaged.tar new "damaged"
done
tar -cf evil.tar --format=ustar --transform 's,.*,../evil,' backup.tar 2>/dev/null
refuses "another tar" evil.tar new "an unknown entry"
tar -C plain -cf bare.tar --format=ustar hub.db
refuses "one without checksums" bare.tar new "damaged"
refuses "none" none.tar new "No such file"
[ ! -e new ] && [ ! -e ../evil ] || fail "something was made"
mkdir empty && "$hub" restore --data empty/ backup.tar >/dev/null
expect "an empty folder is fine" "$(stat -c %a empty/hub.db)" 600
rc=0; "$hub" backup --data plain/keys other.tar 2>err || rc=$?
expect "no hub, no backup" "$rc $(echo other*)" "1 other*"
