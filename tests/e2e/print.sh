#!/bin/bash
# A family and staff print with a finger: what the screens say, and what real printers got.
#   print.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/print
# shellcheck source=tests/ipp/lib.sh
. "$root/tests/ipp/lib.sh"

demo_region=$root/packaging/demo-region
newest_document() { find "$work/$1" -name '*.pdf' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-; }
documents() { find "$work/$1" -name '*.pdf' | wc -l; }
came() { [[ $(documents "$1") == "$2" ]]; }
codes_of() { # DOCUMENT
    rm -f "$work"/page-*
    pdftoppm -r 200 -gray -png "$1" "$work/page"
    zbarimg --nodbus -q --raw "$work"/page-*.png
}
# shown SHOT TEXT: now it can be read there.
shown() {
    shot "$1"
    (reads "$@")
}
# hold_label MS LABEL: where the targets file has it.
hold_label() {
    local place
    place=$(awk -v label="$2" 'index($0, label) { print $4 + int($6 / 2), $5 + int($7 / 2); exit }' \
        "$work/targets")
    finger hold $place "$1"
}

start_bus
start_printer office 8631
office_pid=$printer_pid
start_printer roll 8632
start_x 1080 1920
make_hub
start_hub
configure_kiosk
printf '{"printer":{"a4":"%s","roll":"%s","families":true,"place":"%s"}}\n' \
    ipp://localhost:8631/ipp/print ipp://localhost:8632/ipp/print "в кабинете 11" \
    >"$work/kiosk.json.d/60-printers.json"
mkdir -p "$work/data"
printf '246810\n246810\n' | "$bin/navigatorctl" staff-pin --data-dir "$work/data" >"$work/pin.log"
start_kiosk

say "A family's slip"
finger tap-label "Техническая"
finger wait-screen search
finger tap-nth card 1
finger wait-screen program
finger tap-nth radio 1
finger wait-label "Записаться"
finger tap-label "Записаться"
finger wait-screen enroll
finger wait-label "Напечатать талон"
shot code
link=$(zbarimg --nodbus -q --raw "$work/code.png")
touch "$work/roll.hold"
finger tap-label "Напечатать талон"
finger wait-label "Печатаем"
until_true 10 "the slip at the printer" came roll 1
shot printing
rm "$work/roll.hold"
until_true 15 "the word that it is printed" shown printed "заберите талон"
[[ $(codes_of "$(newest_document roll)") == "$link" ]] ||
    fail "the slip leads to $(codes_of "$(newest_document roll)"), the screen to $link"
[[ $(documents roll) == 1 ]] || fail "one slip was wished: $(ls "$work/roll")"
finger tap-label "Главная"
finger wait-screen home

say "Staff print cards while the printer's paper runs out"
finger settle
hold_label 5300 "Дом детского творчества"
finger wait-screen staff-pin
finger type 246810
finger wait-screen staff
shot staff
finger tap-label "Карточки"
finger wait-screen staff-print
shot composer
touch "$work/office.hold"
finger tap-label "Печать ·"
finger wait-screen staff-queue
until_true 10 "the cards at the printer" came office 1
trouble office +media-empty-report
until_true 15 "the word that there is no paper" shown queue-empty "Нет бумаги"
! (reads queue-empty "напечатано") 2>/dev/null || fail "done is said while the printer has no paper"
trouble office -media-empty-report +paused
until_true 15 "the word that it is stopped" shown queue-paused "на паузе"
trouble office -paused
rm "$work/office.hold"
until_true 15 "the word that all is printed" shown queue-done "напечатано"
cards=$(newest_document office)
codes_of "$cards" | sort >"$work/codes"
codes=$(wc -l <"$work/codes")
python3 "$root/tests/ipp/links.py" "$demo_region" <"$work/codes" || fail "a code leads elsewhere"
pages=$(pdfinfo "$cards" | sed -n 's/^Pages: *//p')
((codes > (pages - 1) * 8 && codes <= pages * 8)) || fail "$codes codes on $pages pages of cards"
[[ $(documents office) == 1 ]] || fail "one stack was wished: $(ls "$work/office")"
kill -KILL "$office_pid"
until_true 15 "the word that it is gone" shown queue-gone "не отвечает"
finger tap-label "Выйти"
finger wait-screen home
stop "$kiosk_pid"
say "$codes cards on $pages pages, each code read back"
