#!/bin/bash
# What the hub publishes reaches a running kiosk; what somebody forged doesn't.   sync.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/sync
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

# search_says TITLE: a card with this title stands in the results right now.
search_says() {
    local labels # all of them first: a grep that leaves early would break the pipe
    labels=$(finger labels)
    [[ $labels == *"card $1"* ]]
}
# publish_renamed TITLE: the region again, with the first robotics programme under this title.
publish_renamed() {
    sed -E "s/^1000,[^,]*,/1000,$1,/" "$work/one.csv" >"$work/renamed.csv"
    "$bin/navigator-hub" import-csv --data "$hub_dir" --source one "$work/renamed.csv" >/dev/null
    "$bin/navigator-hub" publish --data "$hub_dir" >/dev/null
}
stored_serial() {
    "$bin/navigatorctl" status --data-dir "$work/data" --json | grep -o '"serial":[0-9]*'
}
# The link asks at its start, so a restart spares the wait for its next poll. The kiosk starts it
# again by itself.
restart_link() {
    local link
    link=$(pgrep -P "$kiosk_pid" -x navigator-link)
    kill "$link"
}

start_x 1080 1920
hub_dir=$work/hub
"$bin/navigator-hub" init --data "$hub_dir" --region demo >/dev/null
cat >"$work/one.csv" <<'CSV'
program_id,title,direction,organization,municipality,schedule,places_free,enrollment
1000,Синтез звёзд,Техническая,Дом творчества,Район,вт 16:00-17:00,5,открыта
1001,Другая программа,Техническая,Дом творчества,Район,ср 16:00-17:00,5,открыта
CSV
publish_renamed "Синтез звёзд"
(umask 077 && "$bin/navigator-hub" terminal add --data "$hub_dir" kiosk >"$work/token")
start_hub
configure_kiosk
start_kiosk
finger tap-label "Техническая"
finger wait-screen search
until_true 20 "the first title" search_says "Синтез звёзд"

say "A second publication"
publish_renamed "Синтез комет"
until_true 60 "the changed title" search_says "Синтез комет"

say "A forged manifest"
good=$(stored_serial)
kill -STOP "$hub_pid" # nobody sees the true one before it is bent
publish_renamed "Синтез подделок"
sed -i -E 's/("region":[[:space:]]*)"demo"/\1"demO"/' "$hub_dir/feed/v1/manifest.json"
kill -CONT "$hub_pid"
restart_link
until_true 60 "the refusal in the log" grep -q 'signature' "$work/kiosk.log"
search_says "Синтез комет" || fail "the forged catalogue is on the screen"
[[ $(stored_serial) == "$good" ]] || fail "the forged catalogue was stored"

say "The true one again"
"$bin/navigator-hub" publish --data "$hub_dir" >/dev/null
restart_link
until_true 30 "the title after the forgery" search_says "Синтез подделок"
stop "$kiosk_pid"
stop "$hub_pid"
say "Published, forged and refused, published again"
