#!/bin/bash
# The hub as a whole, over real HTTP on loopback: init, imports, publish, minisign, serve, live calls.
# tests/hub/run.sh BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hub=$(realpath "$1")/navigator-hub
# shellcheck source=tests/hub/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# ---- command line
expect "no command is wrong usage" "$("$hub" >/dev/null 2>&1; echo $?)" 2
"$hub" --help >/dev/null
"$hub" serve --help >/dev/null
has "version" "$("$hub" --version)" "navigator-hub "
rc=0; "$hub" serve --data "$data" --listen 0.0.0.0:8055 2>"$room/err" || rc=$?
expect "plain HTTP stays on loopback" "$rc" 2
has "and says so" "$(cat "$room/err")" "loopback"
rc=0; "$hub" publish --data "$data" 2>/dev/null || rc=$?
expect "no hub without init" "$rc" 1

# ---- keys
"$hub" init --data "$data" --region test >/dev/null
cp "$data/keys/feed.key" "$room/feed.key"
"$hub" init --data "$data" >/dev/null
cmp "$data/keys/feed.key" "$room/feed.key"
expect "secret keys are the owner's" "$(stat -c %a "$data/keys/feed.key" "$data/keys/number.key" \
    "$data/hub.db" | sort -u)" 600
echo hello >"$room/hello"
minisign -S -W -s "$data/keys/feed.key" -m "$room/hello" >/dev/null
minisign -V -q -p "$data/keys/feed.pub" -m "$room/hello"
echo "ok: stock minisign uses the keys"

rc=0; "$hub" key rotate --data "$data" 2>"$room/err" || rc=$?
expect "no next key, no rotation" "$rc" 1
has "and says so" "$(cat "$room/err")" "keys/next.pub: found none"
has "the next key is made ahead" "$("$hub" key next --data "$data")" "next    RW"
"$hub" key next --data "$data" >"$room/out"
expect "and kept" "$(tail -n 1 "$room/out")" "next    $(tail -n 1 "$data/keys/next.pub")"
minisign -S -W -s "$data/keys/next.key" -m "$room/hello" >/dev/null
"$hub" key rotate --data "$data" >/dev/null
minisign -V -q -p "$data/keys/feed.pub" -m "$room/hello"
echo "ok: after a rotation it is the one"
expect "all secret keys are the owner's" "$(stat -c %a "$data"/keys/*.key | sort -u)" 600
expect "the last one stays beside" "$("$hub" key show --data "$data" | cut -c 1-10)" \
    "$(printf 'current RW\nlast    RW')"

# ---- an empty feed, then imports
has "an empty hub publishes" "$("$hub" publish --data "$data")" "serial 1 (new), 0 records"
cd "$here"
columns=program_id=id,municipality=region,title=name,activity=themes,lon=lng,payment=price,url=site
"$hub" import-csv --data "$data" --columns "$columns" clubs.csv >"$room/out" 2>"$room/err"
expect "sixty dirty rows" "$(tail -n 1 "$room/out")" "read 60, taken 60, mended 48, refused 0"
has "a look-alike host gets its right spelling" "$(cat "$room/err")" \
    "expected the host р99.навигатор.дети"
"$hub" import-csv --data "$data" groups-1251.csv >"$room/out" 2>"$room/err"
diff groups-1251.expected <(cat "$room/err" "$room/out")
echo "ok: windows-1251 with bad cells is reported as before"
rc=0; "$hub" import-csv --data "$data" --columns title=nothing clubs.csv 2>/dev/null || rc=$?
expect "a column that isn't there is wrong usage" "$rc" 2
has "certificates" "$("$hub" certificates import --data "$data" certificates.csv 2>/dev/null)" \
    "read 4, taken 3, mended 0, refused 1"
token=$("$hub" terminal add --data "$data" kiosk)
has "terminals are listed" "$("$hub" terminal list --data "$data")" kiosk

# ---- the feed
has "a changed catalogue is a new serial" "$("$hub" publish --data "$data")" "serial 2 (new)"
has "the same one keeps it" "$("$hub" publish --data "$data")" "serial 2 (unchanged)"
minisign -V -q -p "$data/keys/feed.pub" -m "$data/feed/v1/manifest.json"
snapshot=$(sed -n 's/.*"path":[[:space:]]*"\([^"]*\)".*/\1/p' "$data/feed/v1/manifest.json")
expect "the snapshot is named by its content" \
    "$(sha256sum <"$data/feed/v1/$snapshot" | cut -d' ' -f1)" "$(echo "$snapshot" | cut -c10-73)"

# ---- serving
"$hub" serve --data "$data" --listen 127.0.0.1:0 >"$room/ready" 2>"$room/log" &
server=$!
for _ in $(seq 200); do
    [ -s "$room/ready" ] && break
    sleep 0.05
done
url=$(sed -n 's/^navigator-hub: serving //p' "$room/ready")
status() { curl -s -o "$room/body" -D "$room/headers" -w '%{http_code}' "$@"; }
header() { tr -d '\r' <"$room/headers" | sed -n "s/^$1: //Ip"; }

expect "healthz" "$(status "$url/healthz")" 200
expect "manifest" "$(status "$url/feed/v1/manifest.json")" 200
cmp "$room/body" "$data/feed/v1/manifest.json"
etag=$(header ETag)
expect "manifest not changed" "$(status -H "If-None-Match: $etag" "$url/feed/v1/manifest.json")" 304
expect "a range" "$(status -r 10-19 "$url/feed/v1/$snapshot")" 206
cmp "$room/body" <(tail -c +11 "$data/feed/v1/$snapshot" | head -c 10)
expect "a range outside" "$(status -r 99999999- "$url/feed/v1/$snapshot")" 416
has "snapshots are immutable" "$(status "$url/feed/v1/$snapshot"; header Cache-Control)" immutable
cmp "$room/body" "$data/feed/v1/$snapshot"
expect "keys are no feed" "$(status --path-as-is "$url/feed/v1/../../keys/feed.key")" 404

check() { status -H "Authorization: Bearer $token" --json "$1" "$url/v1/certificates/check"; }
if ! curl --help all | grep -q -- --json; then
    check() { status -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
        -d "$1" "$url/v1/certificates/check"; }
fi
expect "a certificate needs a token" \
    "$(status -H 'Content-Type: application/json' -d '{}' "$url/v1/certificates/check")" 401
expect "a certificate" "$(check '{"number":"9900000001"}')" 200
has "its money in kopecks" "$(cat "$room/body")" '"balance":850050'
has "its details locked" "$(cat "$room/body")" '"details":"locked"'
has "never stored by a cache" "$(header Cache-Control)" no-store
expect "with the birth date" "$(check '{"number":"9900000001","birth_date":"2014-02-28"}')" 200
has "its details open" "$(cat "$room/body")" '"valid_until":"2032-02-28"'
expect "a wrong birth date" "$(check '{"number":"9900000001","birth_date":"2014-03-01"}')" 404
cp "$room/body" "$room/wrong"
expect "an unknown number" "$(check '{"number":"9900000009"}')" 404
cmp "$room/body" "$room/wrong"
for _ in 1 2 3; do check '{"number":"9900000009"}' >/dev/null; done
expect "too many failures" "$(check '{"number":"9900000001"}')" 429
[ "$(header Retry-After)" -gt 500 ] || fail "Retry-After: $(header Retry-After)"

expect "an enrollment" "$(status -H "Authorization: Bearer $token" -H 'Idempotency-Key: 12345678' \
    -H 'Content-Type: application/json' -d '{"groups":["g-501.501-1"]}' "$url/v1/enrollments")" 200
page=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$room/body")
expect "its page" "$(status "$page")" 200
has "names the program" "$(cat "$room/body")" "Керамика «Глина и огонь»"
has "and the group" "$(cat "$room/body")" "501-1"
has "and leads to the Navigator in ASCII" "$(cat "$room/body")" \
    'href="https://xn--99-kmc.xn--80aafey1amqq.xn--d1acj3b/program/501-keramika"'
[ "$(wc -c <"$room/body")" -lt 50000 ] || fail "the page is too heavy"
expect "an unknown code" "$(status "$url/k/AA-AA-AA")" 404

expect "a terminal goes" "$("$hub" terminal remove --data "$data" kiosk)" "removed: kiosk"
expect "and its token with it" "$(check '{"number":"9900000001"}')" 401
rc=0; "$hub" terminal remove --data "$data" kiosk 2>/dev/null || rc=$?
expect "once" "$rc" 1

# ---- the end
kill -TERM "$server"
rc=0; wait "$server" || rc=$?
server=
expect "SIGTERM ends it well" "$rc" 0
if grep -raE '99000000|2014-02-28|[A-Z0-9]{2}-[A-Z0-9]{2}-[A-Z0-9]{2}' "$room/log"; then
    fail "something personal in the log"
fi
if grep -qaE '9900000001|2014-02-28' "$data"/hub.db*; then
    fail "a number or a birth date in the database"
fi
echo "ok: nothing personal in log or database"
