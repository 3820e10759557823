#!/bin/bash
# The region's guide on its way to a terminal: `navigator-hub guide import`, publish, a sync by
# navigatorctl; again without a change, refused files, another region's set.
# tests/hub/guide.sh BUILD_DIR
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
bin=$(realpath "$1")
# shellcheck source=tests/hub/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
guides=$root/kiosk-config/guide

import() { # FILE: what the hub says, and its exit code in $room/code
    local code=0
    "$bin/navigator-hub" guide import --data "$data" "$1" 2>&1 || code=$?
    echo "$code" >"$room/code"
}
publish() { "$bin/navigator-hub" publish --data "$data"; }
sync() {
    "$bin/navigatorctl" sync --data-dir "$room/terminal" --navigator "$url" \
        --trust "$data/keys/feed.pub"
}
# From the terminal's newest catalogue.
newest() { find "$room/terminal" -name 'catalog-*.db' | sort -V | tail -n 1; }
select_from() {
    /usr/bin/python3 -Ic 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1], uri=True).execute(sys.argv[2]).fetchone()[0])' \
        "file:$(newest)?immutable=1" "SELECT $1"
}
topics() { select_from "group_concat(local_id, ' ') FROM (SELECT * FROM guide ORDER BY \"order\")"; }
# A page as the file writes it: lines without the spaces around.
page_of() { # FILE TOPIC
    sed -n "/^page: $2 /,/^page: /{/^page: /d;/^\$/d;/^#/d;p}" "$1"
}

"$bin/navigator-hub" init --data "$data" --region test >/dev/null
expect "an empty hub publishes" "$(publish | cut -d, -f1)" "published serial 1 (new)"
"$bin/navigator-hub" serve --data "$data" --listen 127.0.0.1:0 >"$room/ready" 2>"$room/log" &
server=$!
until [ -s "$room/ready" ]; do
    kill -0 "$server" 2>/dev/null || fail "the hub ended: $(cat "$room/log")"
    sleep 0.02
done
url=$(sed -n 's/^navigator-hub: serving //p' "$room/ready")

# ---- in
said=$(import "$guides/omsk.txt")
expect "a guide is taken" "$(<"$room/code")" 0
has "and nobody confirmed it" "$said" "expected a line \"confirmed: who and when\""
has "it is something new" "$(publish)" "serial 2 (new), 5 records"
has "a terminal takes it" "$(sync)" "serial 2: new, records 5, bad 0"
expect "all five pages, in the file's order" "$(topics)" "get nominal refusal teen contacts"
expect "the title as written" "$(select_from "title FROM guide WHERE local_id = 'nominal'")" \
    "$(sed -n 's/^page: nominal | //p' "$guides/omsk.txt")"
for topic in get nominal refusal teen contacts; do
    diff <(page_of "$guides/omsk.txt" "$topic") \
        <(select_from "rtrim(text, char(10)) FROM guide WHERE local_id = '$topic'") ||
        fail "page $topic isn't what was written"
done
echo "ok: and every line of them"
snapshot=$(sed -n 's/.*"path":[[:space:]]*"\([^"]*snapshot[^"]*\)".*/\1/p' \
    "$data/feed/v1/manifest.json" | head -n 1)
expect "five lines of the feed" "$(zcat "$data/feed/v1/$snapshot" | grep -c '"type":"guide"')" 5

# ---- again
import "$guides/omsk.txt" >"$room/said"
expect "again is fine" "$(<"$room/code")" 0
has "and nothing new" "$(publish)" "serial 2 (unchanged)"
has "for a terminal neither" "$(sync)" "serial 2: unchanged"

# ---- refused, and nothing changes
refuses() { # WHAT FILE PIECE...
    local piece said
    said=$(import "$2")
    expect "$1 is refused" "$(<"$room/code")" 2
    for piece in "${@:3}"; do has "and says so" "$said" "$piece"; done
    has "and nothing changed" "$(publish)" "serial 2 (unchanged)"
}
sed '0,/^lead:/s//leed:/' "$guides/smolensk.txt" >"$room/bad.txt"
refuses "an unknown kind of line" "$room/bad.txt" \
    "$room/bad.txt: line $(sed -n '/^leed:/=' "$room/bad.txt"): found \"leed\"" "expected a kind of line"
{
    cat "$guides/smolensk.txt"
    printf 'page: contacts | Ещё раз\n'
} >"$room/twice.txt"
refuses "a topic twice" "$room/twice.txt" \
    "line $(wc -l <"$room/twice.txt"): found \"contacts\", expected each topic once"
iconv -f utf-8 -t utf-16 "$guides/smolensk.txt" >"$room/wide.txt"
refuses "another encoding" "$room/wide.txt" "expected text in UTF-8"
refuses "no file" "$room/none.txt" "$room/none.txt: No such file"
# A Latin p for the Cyrillic one, as in the announcements (the host trap).
sed '0,/^code: [^|]*/s//code: https:\/\/p67.навигатор.дети\/ /' "$guides/smolensk.txt" >"$room/host.txt"
refuses "a look-alike host" "$room/host.txt" \
    "page get: found the look-alike host \"p67.навигатор.дети\", expected р67.навигатор.дети"

# ---- another region's set takes the place of all
printf 'confirmed: центр, 22 ноября\npage: get | Как получить\nlead: Бесплатно\n' >"$room/one.txt"
said=$(import "$room/one.txt")
expect "a smaller set" "$(<"$room/code")" 0
[[ $said != *confirmed* ]] || fail "a confirmed text is warned about: $said"
has "is published" "$(publish)" "serial 3 (new), 1 records"
has "and synced" "$(sync)" "serial 3: new, records 1, bad 0"
expect "the other pages are gone" "$(topics)" get
expect "and this one says the new" "$(select_from "text FROM guide")" "lead: Бесплатно"
import "$guides/smolensk.txt" >"$room/said"
has "another region's" "$(publish)" "serial 4 (new), 5 records"
has "comes, too" "$(sync)" "serial 4: new"
expect "with its pages" "$(topics)" "get nominal refusal teen contacts"

kill -TERM "$server"
rc=0; wait "$server" || rc=$?
server=
expect "SIGTERM ends it well" "$rc" 0
