# What the tests of the published feed share: a hub of 300 programs, a look at the feed as a
# stranger with `minisign` and `sha256sum` would have it. Sourced by bash after $bin is set.
# shellcheck source=tests/support/room.sh
. "$(dirname "${BASH_SOURCE[0]}")/../support/room.sh"
data=$room/hub
feed=$data/feed/v1

# import VERSION: an export in which one program of 300 has this version in its title.
import() {
    local version=$1
    awk -v version="$version" 'BEGIN {
        print "program_id,title,description,organization,municipality,address,schedule,places_free"
        srand(1)
        for (i = 0; i < 300; i++) {
            words = ""
            for (n = 0; n < 30; n++) words = words " " int(rand() * 100000000)
            printf "%d,Кружок %d%s,%s,ДДТ %d,Район,\"ул. Мира, %d\",вт 16:00-17:00,%d\n", i, i,
                i == version % 300 ? " номер " version : "", words, i % 7, i % 11, i % 5
        }
    }' >"$room/export.csv"
    "$bin/navigator-hub" import-csv --data "$data" --source export "$room/export.csv" >/dev/null 2>&1
}
publish() {
    "$bin/navigator-hub" publish --data "$data"
}
make_hub() {
    "$bin/navigator-hub" init --data "$data" --region test >/dev/null
    import 0
    publish >/dev/null
}

serial_of() { # FOLDER
    sed -n 's/^.*"serial":[[:space:]]*\([0-9]*\).*/\1/p' "$1/manifest.json"
}
listed() { # FOLDER: the files that its manifest names
    sed -n 's/^.*"path":[[:space:]]*"\([^"]*\)".*/\1/p' "$1/manifest.json"
}
# check_whole FOLDER: signature and every listed file; says what isn't, and fails.
check_whole() {
    local file
    minisign -V -q -p "$data/keys/feed.pub" -m "$1/manifest.json" || return 1
    for file in $(listed "$1"); do
        [[ $file == *-$(sha256sum <"$1/$file" | cut -d' ' -f1).ndjson.gz ]] || {
            echo "$file: damaged or gone"
            return 1
        }
    done
}
