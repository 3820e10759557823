# Real sheets of the demo region on real printers and on a stick: by the technician's command and by
# navigator-print.   sheets.sh TREE BIN
# shellcheck shell=bash
set -euo pipefail
root=$1 bin=$2 work=$2/ipp-sheets
# shellcheck source=tests/ipp/lib.sh
. "$root/tests/ipp/lib.sh"

demo_region=$root/packaging/demo-region
office=ipp://localhost:8631/ipp/print
newest_document() { find "$work/$1" -name '*.pdf' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-; }
documents() { find "$work/$1" -name '*.pdf' | wc -l; }
# print ARGUMENT...: navigatorctl print for this terminal.
print() { "$bin/navigatorctl" print --config "$work/kiosk.json" --assets "${assets-$root/assets}" "$@"; }
# refused STATUS WORDS ARGUMENT...: it ends so and says so.
refused() {
    local code=0 status=$1 words=$2
    shift 2
    print "$@" >"$work/out" 2>&1 || code=$?
    [[ $code == "$status" ]] || fail "print $* ended with $code, expected $status: $(<"$work/out")"
    grep -q -- "$words" "$work/out" || fail "print $* said: $(<"$work/out")"
}
# sheets FILE PAGES CODES: as many pages and codes of this region, all letters in the file.
sheets() {
    local pages codes
    pages=$(pdfinfo "$1" | sed -n 's/^Pages: *//p')
    [[ $pages == "$2" ]] || fail "$1 has $pages pages, expected $2"
    ! pdffonts "$1" | tail -n +3 | awk '{print $(NF-4)}' | grep -qv yes ||
        fail "$1 leaves fonts to the printer: $(pdffonts "$1")"
    rm -f "$work"/page-*
    pdftoppm -r 200 -gray -png "$1" "$work/page"
    codes=$(zbarimg --nodbus -q --raw "$work"/page-*.png | grep -c '^https\?://' || true)
    [[ $codes == "$3" ]] || fail "$1 has $codes codes that can be read, expected $3"
}

make_hub
start_hub
configure_kiosk
printf '{"printer":{"a4":"%s","roll":"%s"}}\n' $office ipp://localhost:8632/ipp/print \
    >"$work/kiosk.json.d/60-printers.json"
"$bin/navigatorctl" sync --data-dir "$work/data" --navigator "$hub_url" \
    --trust "$hub_dir/keys/feed.pub" >"$work/sync.log"
start_bus
start_printer office 8631
start_printer roll 8632

say "Printers"
print --status | grep -q '^a4 *office: ready' || fail "status: $(print --status)"
print --status --json >"$work/status.json"
grep -q '"roll":{"name":"roll","ready":true' "$work/status.json" || fail "$(<"$work/status.json")"

say "Posters, cards, receipts, a test page"
print --kind cards --query "робототехника" --dry-run --json >"$work/dry.json"
programs=$(sed -n 's/.*"programs":\([0-9]*\).*/\1/p' "$work/dry.json")
((programs > 8)) || fail "expected more than a page of cards: $(<"$work/dry.json")"
[[ $(documents office) == 0 ]] || fail "a dry run was printed"
print --kind cards --query "робототехника" --output "$work/cards.pdf" >/dev/null
sheets "$work/cards.pdf" $(((programs + 7) / 8)) "$programs"
print --kind cards --query "робототехника" | grep -q '^printed:' || fail "no word of the end"
sheets "$(newest_document office)" $(((programs + 7) / 8)) "$programs"
mapfile -t ids < <("$bin/navigatorctl" search --data-dir "$work/data" --limit 2 --json "шахматы" |
    grep -o '"id":"[^"]*"' | cut -d'"' -f4)
print --kind poster --program "${ids[0]},${ids[1]}" --copies 3 >/dev/null
sheets "$(newest_document office)" 2 2
title=$("$bin/navigatorctl" search --data-dir "$work/data" --limit 1 --json "шахматы" |
    grep -o '"title":"[^"]*"' | cut -d'"' -f4)
pdftotext "$(newest_document office)" - | tr '\n' ' ' | grep -qF "${title%% *}" ||
    fail "the poster doesn't say «$title»"
print --kind receipt --program "${ids[0]}" >/dev/null
sheets "$(newest_document roll)" 1 1
pdfinfo "$(newest_document roll)" | grep -q 'Page size: *226' || fail "the receipt isn't 80 mm wide"
print --kind test >/dev/null
[[ $(documents office) == 3 && $(documents roll) == 1 ]] || fail "$(ls "$work/office" "$work/roll")"

say "Refusals"
refused 2 "expected poster" --kind flag --query робот
refused 2 "expected one of them" --kind cards
refused 2 "expected a number" --kind cards --query робот --copies 100
refused 1 "id of a program" --kind cards --program nonsense
refused 1 "no program by that query" --kind cards --query "абракадабрище"
refused 2 "printer.a4" --kind test --printer http://localhost/
refused 1 "can't be written" --kind test --output "$work/nowhere/test.pdf"

say "A stack is canceled while it is sent"
mkdir -p "$work/stick"
serial=$("$bin/navigatorctl" status --data-dir "$work/data" --json | grep -o '"serial":[0-9]*' | cut -d: -f2)
start_print a4=$office "save_dir=$work/stick"
ask watch
told 'a4:\+ready.* stick:no'
before=$(documents office)
ask start 1 poster a4 1 500 "$serial" # seconds of sending: the cancel finds it at work
told ' 1:sending:0:[1-9]'
at=$(now_ms)
ask cancel 1
told ' 1:canceled'
say "canceled after $((${line%% *} - at)) ms"
grep -q ' 1:done' "$work/states" && fail "a canceled job was done"
ask start 2 test a4
told ' 2:done'
(($(documents office) <= before + 2)) || fail "too many documents: $(ls "$work/office")"

say "A stick"
ask save 3 cards a4 1 20 "$serial"
told ' 3:failed:4'
mount -t tmpfs -o size=4m stick "$work/stick"
told 'stick:yes'
ask save 4 cards a4 2 20 "$serial"
told 'file:navigator-[-0-9]*-kartochki.pdf.* 4:saved:0:3/3'
ask save 5 cards a4 1 20 "$serial"
told ' 5:saved'
files=("$work"/stick/*)
((${#files[@]} == 2)) || fail "expected two files: ${files[*]}"
sheets "${files[0]}" 3 20
mount -o remount,size=64k "$work/stick" 2>/dev/null || true
dd if=/dev/zero of="$work/stick/fill" bs=4k 2>/dev/null || true
ask save 6 cards a4 1 20 "$serial"
told ' 6:failed:4'
rm "$work/stick/fill"
[[ $(find "$work/stick" -type f | wc -l) == 2 ]] || fail "a rest stays on the stick: $(ls -A "$work/stick")"
mount -o remount,ro "$work/stick"
told 'stick:no'
umount "$work/stick"
[[ -z $(ls -A "$work/stick") ]] || fail "something was written beside the stick"

say "A catalogue that is gone"
ask start 7 poster a4 1 1 999999
told ' 7:failed:1'
exec {asks}>&-
stop "$print_pid"
stop "$hub_pid"
