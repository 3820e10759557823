#!/bin/bash
# A family types «робототех» on the screen, opens the first card, chooses a group and scans the
# code; the phone opens a page that names programme and group.   visitor.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/visitor
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

start_x 1080 1920
make_hub
start_hub
configure_kiosk
start_kiosk

say "Search"
finger tap-label "Кружок, секция или педагог"
finger wait-screen search
finger type робототех
finger settle
shot results
title=$(finger labels | sed -n '/^card /{s///p;}' | sed -n 1p)
[[ ${title,,} == *робототех* ]] || fail "the first card is «$title»"
finger tap-nth card 1
finger wait-screen program
finger tap-nth radio 1
finger wait-label "Записаться"
shot program

say "The hub's short link"
finger tap-label "Записаться"
finger wait-screen enroll
read_code() { # SHOT
    zbarimg --nodbus -q --raw "$shots/$1.png"
}
shot code
link=$(read_code code)
[[ $link =~ ^"$hub_url"/k/[0-9A-Z-]+$ ]] || fail "expected a short link of $hub_url, found $link"
convert "$shots/code.png" -resize 50% "$shots/code-half.png"
[[ $(read_code code-half) == "$link" ]] || fail "the code can't be read at half size"

say "The family's phone"
browse() { # what headless Chromium does with the page
    timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --disable-dev-shm-usage --user-data-dir="$work/chromium" --window-size=360,800 "$@" "$link" \
        2>"$work/chromium.log"
}
browse --dump-dom >"$work/page.html"
browse --screenshot="$work/page.png" >/dev/null
grep -qF "$title" "$work/page.html" || fail "the phone's page doesn't name «$title»"
id=$(zcat "$hub_dir"/feed/v1/snapshot-*.ndjson.gz | grep -F "\"title\":\"$title\"" |
    sed -n 's/.*"type":"program","id":"\([^"]*\)".*/\1/p' | head -n 1)
group=$(zcat "$hub_dir"/feed/v1/snapshot-*.ndjson.gz | grep -F "\"program_id\":\"$id\"" |
    grep -o '"local_id":"[^"]*"' | cut -d'"' -f4)
for local in $group; do
    grep -qF "$local" "$work/page.html" && named=$local
done
[[ -n ${named-} ]] || fail "the phone's page names none of the groups: $group"
[[ -s $work/page.png ]] || fail "Chromium painted nothing"

say "The programme's own page, while the hub is away"
stop "$hub_pid"
finger tap-label "Назад"
finger wait-screen program
finger tap-label "Записаться"
finger wait-screen enroll
finger wait-gone "Готовим код"
own=$(zcat "$hub_dir"/feed/v1/snapshot-*.ndjson.gz | grep -F "\"type\":\"program\",\"id\":\"$id\"" |
    grep -o '"url":"[^"]*"' | cut -d'"' -f4)
own_is_shown() {
    shot own
    [[ $(read_code own) == "$own" ]]
}
until_true 20 "the programme's own link $own" own_is_shown
convert "$shots/own.png" -resize 50% "$shots/own-half.png"
[[ $(read_code own-half) == "$own" ]] || fail "the code can't be read at half size"
[[ $own =~ ^[\ -~]+$ ]] || fail "the link isn't ASCII: $own"

stop "$kiosk_pid"
say "Read from the screen: $link and $own"
