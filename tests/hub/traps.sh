#!/bin/bash
# One export with every trap (tests/hub/traps.csv) in each dress that exports come in: what the
# import says and what then stands in the feed, to the last byte, is the golden beside it.
# tests/hub/traps.sh BUILD_DIR [update]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hub=$(realpath "$1")/navigator-hub
# shellcheck source=tests/hub/lib.sh
. "$here/lib.sh"
export TZ=Europe/Moscow

# In the file a NUL stands as {NUL}; its last line ends nowhere.
readable() { sed 's/{NUL}/\x00/' "$here/traps.csv" | head -c -1; }
utf8() { printf '\xEF\xBB\xBF' && readable; }
windows_1251() { readable | iconv -f UTF-8 -t CP1251; }
crlf() { utf8 | sed 's/$/\r/'; }
lone_cr() { readable | tr '\n' '\r'; }

feed() { # FOLDER: the records; times of this very import are NOW
    local now snapshot
    snapshot=$1/feed/v1/$(sed -n 's/.*"path":[[:space:]]*"\(snapshot[^"]*\)".*/\1/p' \
        "$1/feed/v1/manifest.json")
    now=$(zcat "$snapshot" | sed -n '1s/.*"modified":"\([^"]*\)".*/\1/p')
    zcat "$snapshot" | sed "s/$now/NOW/g"
}
take() { # DRESS: the import's words, then the feed
    mkdir "$room/$1" && cd "$room/$1"
    "$1" >traps.csv
    "$hub" init --data hub --region test >/dev/null
    "$hub" import-csv --data hub traps.csv >out 2>err
    "$hub" publish --data hub >/dev/null
    cat err out && feed hub
}

take utf8 >"$room/found"
[ "${2:-}" != update ] || cp "$room/found" "$here/traps.golden"
diff "$here/traps.golden" "$room/found" || fail "the golden report and feed"
echo "ok: UTF-8 with BOM is as agreed"
for dress in windows_1251 crlf lone_cr; do
    take "$dress" | sed '/: read as windows-1251$/d' | diff "$room/found" - ||
        fail "$dress gives something else"
    echo "ok: $dress gives the same"
done

# ---- again, at least a second later
cd "$room/utf8"
import() { "$hub" import-csv --data hub "$@" traps.csv 2>err; }
while [ "$(date +%s)" -le "$(stat -c %Y out)" ]; do :; done
has "the same file writes nothing" "$(import)" "records written 0, gone 0"
has "and is no publication" "$("$hub" publish --data hub)" "serial 1 (unchanged)"
sed -i 's/Ольга Петровна/Ольга Павловна/' traps.csv
has "one changed cell is one record" "$(import)" "records written 1, gone 0"
published=$("$hub" publish --data hub)
has "and a new serial" "$published" "serial 2 (new)"
has "and a delta of one line" "$published" "delta: 1 lines"

# ---- a part of an export, then the same as a whole one
sed -i -n '1p; /^121;.*121-2/p' traps.csv
has "a part drops groups of its own programs alone" "$(import --keep-missing)" \
    "records written 0, gone 1"
has "so that all others stay" "$("$hub" publish --data hub)" ", 68 records"
has "a whole one drops all that it hasn't" "$(import)" "records written 0, gone 62"
has "and wonders" "$(<err)" "warning: more is gone than the files hold: was the export whole?"
has "and the feed has no more than it" "$("$hub" publish --data hub)" ", 5 records"
