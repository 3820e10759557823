#!/bin/bash
# import-pfdo against an invented portal that misbehaves (tests/hub/portal.py): nothing lost, only
# changes asked for again, killed in the middle it goes on.   tests/hub/pfdo.sh BUILD_DIR [PROGRAMS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hub=$(realpath "$1")/navigator-hub
programs=${2:-300}
# shellcheck source=tests/hub/lib.sh
. "$here/lib.sh"
connections=8

serve() { # OPTIONS...: another portal in place of the one before
    [ -z "$server" ] || { kill "$server" && wait "$server" 2>/dev/null; } || true
    rm -f "$room/port"
    python3 "$here/portal.py" "$room/port" --programs "$programs" "$@" &
    server=$!
    until [ -s "$room/port" ]; do sleep 0.02; done
    port=$(<"$room/port")
    configure
}
agreed=', "operator_agreed": true'
configure() { # [MORE]
    local more=${1-$agreed}
    cat >"$data/pfdo.json" <<JSON
{"url": "http://127.0.0.1:$port/v2", "operator": 37, "contact": "it@centre.example",
 "site": "https://51.pfdo.ru", "connections": $connections, "requests_per_second": 200,
 "timeout_s": 1, "retry_ms": 2$more}
JSON
}
seen() { # KEY
    curl -s "http://127.0.0.1:$port/-/seen" | sed -nE "s/.*\"$1\": ([^,}]*).*/\1/p"
}
import() { # leaves its words in $said, its exit code in $code
    code=0
    said=$("$hub" import-pfdo --data "$data" "$@" 2>"$room/err") || code=$?
}
told() { sed -nE "s/.*$1.*/\1/p" <<<"$said"; }
# Programs and groups in the catalogue beside what the portal truly has.
whole() { # WHAT
    python3 - "$data/hub.db" "http://127.0.0.1:$port/-/truth" <<'PYTHON' || fail "$1"
import json, sqlite3, sys, urllib.request
truth = json.load(urllib.request.urlopen(sys.argv[2]))
wanted = {str(i) for ids in truth["programs"].values() for i in ids}
lines = [json.loads(line) for (line,) in sqlite3.connect(sys.argv[1]).execute(
    "SELECT line FROM record WHERE source = 'pfdo-37' ORDER BY type, id")]
found = {line["local_id"] for line in lines if line["type"] == "program"}
groups = sum(line["type"] == "group" for line in lines)
if found != wanted or groups != truth["rows"]:
    sys.exit(f"lost {sorted(wanted - found)[:9]}, too many {sorted(found - wanted)[:9]},"
             f" groups {groups} of {truth['rows']}")
PYTHON
    echo "ok: $1"
}

"$hub" init --data "$data" --region test >/dev/null

# ---- without consent
import
expect "without a configuration nothing starts" "$code" 2
has "and says what is missing" "$(<"$room/err")" "pfdo.json: operator_agreed: found "
serve --faults 10
for no in '' ', "operator_agreed": false' ', "operator_agreed": "true"'; do
    configure "$no"
    import
    expect "without the operator's consent («$no») nothing starts" "$code" 2
    expect "with one line" "$(wc -l <"$room/err")" 1
done
has "that tells why" "$(<"$room/err")" "expected true: the portal's operator agreed"
expect "and nothing was asked" "$(seen requests)" 0

# ---- one request of ten goes wrong, and the crawl is killed in the middle
configure
begun=$SECONDS
"$hub" import-pfdo --data "$data" >/dev/null 2>&1 &
crawl=$!
until (($(seen details) > programs / 3)); do
    kill -0 "$crawl" 2>/dev/null || fail "the crawl ended too early"
    sleep 0.02
done
kill -9 "$crawl"
wait "$crawl" 2>/dev/null || true
kept=$(seen details)
import
expect "killed in the middle, it goes on" "$code" 0
whole "nothing is lost, with one request of ten gone wrong"
asked=$(told 'programs asked ([0-9]+)')
((asked <= programs - kept / 2)) || fail "$asked programs asked again, $kept were before"
echo "ok: what came before wasn't asked again ($asked of $programs left)"
has "no cell was misunderstood" "$said" "cells not understood: 0"
has "no list was left open" "$said" "(0 incomplete)"
(($(seen faults) > programs / 20)) || fail "only $(seen faults) faults"
expect "it says who asks" "$(seen agents)" '["navigator-hub/0.1.0 (it@centre.example)"]'
(($(seen most_at_once) <= connections)) || fail "$(seen most_at_once) requests at once"
(($(seen hasty) <= $(seen pauses) * connections)) ||
    fail "Retry-After wasn't obeyed: $(seen hasty) requests in $(seen pauses) pauses"
echo "ok: Retry-After is obeyed: $(seen hasty) requests under way in $(seen pauses) pauses"
first=$(seen bytes)
printf 'first crawl: %d requests, %d faults, %d bytes, %d s\n' "$(seen requests)" \
    "$(seen faults)" "$first" $((SECONDS - begun))

# ---- again: nothing changed
serve
import
expect "the second crawl" "$code" 0
expect "asks no program again" "$(seen details)" 0
has "and writes nothing" "$said" "records written 0, gone 0"
expect "and all lists came as unchanged" "$(($(seen requests) - $(seen unchanged) <= 35))" 1
printf 'second crawl: %d requests, %d bytes\n' "$(seen requests)" "$(seen bytes)"
(($(seen bytes) * 20 < first)) || fail "the second crawl took $(seen bytes) of $first bytes"

# ---- some days later
serve --revision 2 --faults 10
import
expect "a changed region, with faults" "$code" 0
whole "is whole: what is new came, what vanished is gone"
has "what vanished was told" "$said" "vanished $((programs / 100 + (programs % 100 > 41)))"
changed=$(told 'programs asked ([0-9]+)')
expect "only what changed was asked" "$changed" \
    "$((programs / 100 * 3 + (programs % 100 > 7) + (programs % 100 > 57)))"
printf 'a changed region: %d requests, %d bytes\n' "$(seen requests)" "$(seen bytes)"

# ---- what the lists don't tell: places; each page is asked for, with its ETag
serve --revision 2
configure "$agreed, \"refresh_hours\": 0"
import
expect "a refresh of all" "$code" 0
expect "writes the groups whose places changed" \
    "$(($(told 'records written ([0-9]+)') >= programs / 100))" 1
whole "and loses nothing"
serve --revision 2 --no-etags
import
has "a portal without ETags" "$said" "records written 0, gone 0"
expect "is asked for lists only" "$(seen details)" 0

# ---- a portal in trouble costs nothing
for status in 403 503; do # forbidden; Retry-After of an hour
    serve --closed "$status"
    import
    expect "a portal that says $status ends it" "$code" 1
    expect "after a single question" "$(seen requests)" 1
done
serve --revision 2 --programs $((programs / 4))
import
expect "a list that lost more than half" "$code" 1
has "is told" "$(<"$room/err")" "expected more than half; all stay (--allow-losses lets them go)"
before=$(sqlite3 "$data/hub.db" "SELECT count(*) FROM record")
import --allow-losses
expect "unless it may" "$code" 0
whole "then the catalogue is the portal's"
before=$(sqlite3 "$data/hub.db" "SELECT count(*) FROM record")
kill "$server" && wait "$server" 2>/dev/null || true
server=
import
expect "a portal that is off" "$code" 1
expect "leaves all as it is" "$(sqlite3 "$data/hub.db" "SELECT count(*) FROM record")" "$before"
