#!/bin/bash
# The glass: pulled out with a finger on it, hung sideways, mirrored.   touch.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/touch
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

start_x 1080 1920
make_hub
start_hub
configure_kiosk
start_kiosk

say "A device that goes away with a finger down"
glass=$(xinput list --id-only pointer:touch 2>/dev/null || xinput list --id-only touch)
finger wait-screen home
finger press-label "Кружок, секция или педагог"
xinput disable "$glass"
finger wait-answered # nobody lifted it: the kiosk let go by itself
finger wait-screen home
xinput enable "$glass"
start_finger # the driver let go of the one before
finger wait-screen home
finger tap-label "Кружок, секция или педагог"
finger wait-screen search
finger tap-label "Главная"
finger wait-screen home
stop "$kiosk_pid"

for degrees in 90 180 270; do
    say "A panel whose picture is turned by $degrees degrees"
    printf '{"display":{"rotation":%d}}\n' "$degrees" >"$work/kiosk.json.d/60-panel.json"
    start_kiosk
    finger wait-screen home
    shot "turned-$degrees"
    convert "$shots/turned-$degrees.png" -rotate "-$degrees" "$shots/upright-$degrees.png"
    reads "upright-$degrees" "Найдём занятие"
    finger tap-label "Кружок, секция или педагог"
    finger wait-screen search
    finger type робот
    shot "typed-$degrees"
    convert "$shots/typed-$degrees.png" -rotate "-$degrees" "$shots/typed-upright-$degrees.png"
    reads "typed-upright-$degrees" "робот"
    stop "$kiosk_pid"
done
