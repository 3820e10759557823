#!/bin/bash
# The hub stops and the kiosk restarts: search, programme pages and codes still work, and the corner
# says how old the data are.   offline.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/offline
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

start_x 1080 1920
make_hub
start_hub
configure_kiosk
start_kiosk
stop "$hub_pid"
stop "$kiosk_pid"

start_kiosk
shot home
reads home "Обновлено"
finger tap-label "Кружок, секция или педагог"
finger wait-screen search
finger type робототех
finger settle
finger tap-nth card 1
finger wait-screen program
finger tap-nth radio 1
finger wait-label "Записаться"
finger tap-label "Записаться"
finger wait-screen enroll
shot code
link=$(zbarimg --nodbus -q --raw "$shots/code.png")
[[ $link == https://xn--* ]] || fail "expected the programme's own page, found $link"
reads code "Нет связи"

finger tap-label "Главная"
finger wait-screen home
finger tap-label "Проверить сертификат"
finger wait-screen number
finger type 5700123456
finger tap-label "Проверить"
finger wait-screen notice
shot notice
reads notice "Нет связи, но поиск работает"
stop "$kiosk_pid"
say "Without the hub the screen still leads to $link"
