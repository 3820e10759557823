#!/bin/bash
# Looks for a family's secrets everywhere a visit could have left them, and finds none.
#
#   hunt.sh TREE BUILD     BUILD without sanitizers (they keep freed memory); needs root
#
# Real fingers type a certificate's number, a birth date and words into a real kiosk. While the
# visit lasts the secrets stand in its guarded memory and nowhere else, which also proves that the
# hunter finds them; once it is over, whichever way, they are nowhere: not in the memory of any
# process, not in a core file, log, database or setting. Prints a table and ends with 1 if a row is
# wrong. What is looked for and in which forms: hunt.c.
set -euo pipefail
root=$1 bin=$2 work=$2/hunt-work
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

((EUID == 0)) || { say "Only root may read the memory of these programs: skipped" && exit 77; }
number=5704815937 birth=2014-05-23 balance=7481593 word=щюэъфжы
secrets=$(mktemp)
trap 'finish_all; rm -f "$secrets"*' EXIT
printf '%s\n' "number $number" "date $birth" "balance $balance" "word $word" >"$secrets"
# The hub told the balance and keeps it; numbers and dates only as keyed hashes.
of_hub=$secrets-hub places=$secrets-places
grep -v '^balance' "$secrets" >"$of_hub"

# ---- the table

bad=0
# row WHERE MOMENT INSIDE OUTSIDE: counts of hits; $expected of those inside is "some", "none" or
# "any", or "known" where there may also be some outside.
row() {
    local verdict=ok
    [[ $4 == 0 ]] || verdict=BAD
    [[ $4 == 0 || $expected != known ]] || verdict=known
    case $expected in
    some) ((${3} > 0)) || verdict=BAD ;;
    none) ((${3} == 0)) || verdict=BAD ;;
    esac
    printf '%-5s %-7s %6s %7s  %s\n' $verdict "$1" "$3" "$4" "$2"
    [[ $verdict != BAD ]] || { bad=1 && sed 's/^/    /' "$work/hits"; }
}
hits() { grep -c "^$1 " "$work/hits" || true; }
# memory MOMENT INSIDE: the kiosk's memory, then its helpers' where nothing may be.
memory() {
    local helper
    finger settle
    expected=$2
    "$bin/hunt" "$secrets" pid "$kiosk_pid" >"$work/hits"
    row kiosk "$1" "$(hits inside)" "$(hits outside)"
    expected=none
    for helper in $(pgrep -P "$kiosk_pid"); do
        "$bin/hunt" "$secrets" pid "$helper" >"$work/hits"
        row "$(sed 's/navigator-//' "/proc/$helper/comm")" "$1" "$(hits inside)" "$(hits outside)"
    done
}
# files MOMENT PATH...
files() {
    local moment=$1
    shift
    expected=none
    find "$@" -type f ! -path "$work/hits" -print0 |
        xargs -0 "$bin/hunt" "$secrets" file >"$work/found"
    mv "$work/found" "$work/hits"
    row files "$moment" 0 "$(hits outside)"
}
# written MOMENT: by all programs; the balance stands in the hub, which told it.
written() {
    files "$1" "$work" ! -path "$hub_dir/*"
    secrets=$of_hub files "$1, by the hub" "$hub_dir"
}
# hub_memory MOMENT: no number and no date.
hub_memory() {
    expected=none
    "$bin/hunt" "$of_hub" pid "$hub_pid" >"$work/hits"
    row hub "$1" "$(hits inside)" "$(hits outside)"
}
# presses MOMENT INSIDE: places of keys. Until the visit is over Xlib's buffers may hold some.
presses() {
    expected=$2
    "$bin/hunt" "$places" pid "$kiosk_pid" >"$work/hits"
    row kiosk "$1, places of keys" "$(hits inside)" "$(hits outside)"
}
# core PID WHERE MOMENT: what a core file of it would hold; "known" where libraries are at work.
core() {
    gdb -q -batch -p "$1" -ex "generate-core-file $work/core-now" >"$work/gdb.log" 2>&1 </dev/null
    "$bin/hunt" "$secrets" file "$work/core-now" >"$work/hits"
    rm "$work/core-now"
    row "$2" "core, $3" 0 "$(hits outside)"
}
# shot_home NAME: but for when the catalogue was last looked for, which a sync in between moves on.
shot_home() {
    shot "$1"
    mogrify -fill black -draw 'rectangle 700,30 1079,90' "$work/$1.png"
}
# home_again MOMENT: the screen is home as it was, each pixel.
home_again() {
    finger wait-screen home 30
    shot_home home-now
    local differing
    differing=$(compare -metric AE "$work/home.png" "$work/home-now.png" null: 2>&1 || true)
    : >"$work/hits"
    expected=none
    row screen "$1: pixels unlike home" 0 "$differing"
}

# ---- the stage

make_certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=hub \
        -addext subjectAltName=IP:127.0.0.1 -keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
    chmod 600 "$work/tls.key"
    printf '{ "navigator": { "tls_ca_file": "%s" } }\n' "$work/tls.pem" >"$work/kiosk.json.d/60-tls.json"
}
# The family's certificate; its file goes at once.
add_family() {
    {
        head -n 1 "$demo_region/certificates.csv"
        echo "$number,$birth,funded,active,RUB,2026-01-01,2026-12-31,9000000,$balance,4500"
    } >"$work/family.csv"
    "$bin/navigator-hub" certificates import --data "$hub_dir" "$work/family.csv" >"$work/family.log" 2>&1
    rm "$work/family.csv"
}
# The idle rules in seconds instead of a minute.
make_hasty_assets() {
    mkdir "$work/assets"
    ln -s "$root"/assets/* "$work/assets/"
    rm "$work/assets/theme"
    cp -r "$root/assets/theme" "$work/assets/theme"
    sed -i -E 's/("idle_(s|certificate_s)"): [0-9]+/\1: 5/; s/("warning_s"): [0-9]+/\1: 4/' \
        "$work/assets/theme/tokens.json"
}
start() {
    start_kiosk
    shot_home home
}

# ---- what a family does

type_number() {
    finger tap-label "Проверить сертификат"
    finger wait-screen number
    finger type $number
}
see_result() {
    type_number
    finger tap-label "Проверить"
    finger wait-screen result
}
open_details() {
    finger tap-label "Ввести дату"
    finger wait-screen birth
    finger type "${birth:8:2}${birth:5:2}${birth:0:4}"
}
see_details() {
    see_result
    open_details
    finger tap-label "Показать"
    finger wait-label "Скрыть данные"
}

# gdb has it and lets it run.
traced() {
    grep -q 'TracerPid:.[1-9]' "/proc/$1/status" && grep -q 'State:.[SR]' "/proc/$1/status"
}
# crash SIGNAL MOMENT: the core file as the kernel would write it, when the signal comes and again
# when the programs' own handler is done with it.
crash() {
    local signal=$1 pid=$kiosk_pid
    gdb -q -batch -p "$pid" -ex 'handle all nostop noprint pass' -ex "handle SIG$signal stop print" \
        -ex continue -ex "generate-core-file $work/core-first" \
        -ex 'set dump-excluded-mappings on' -ex "generate-core-file $work/core-whole" \
        -ex 'set dump-excluded-mappings off' \
        -ex continue -ex "generate-core-file $work/core-last" -ex continue \
        >"$work/gdb.log" 2>&1 </dev/null &
    local gdb_pid=$!
    until_true 30 "gdb's attaching" traced "$pid"
    kill "-$signal" "$pid"
    wait "$gdb_pid" || true
    wait "$pid" || true
    files "core when SIG$signal comes, $2" "$work/core-first"
    files "core when SIG$signal was handled, $2" "$work/core-last"
    "$bin/hunt" "$secrets" file "$work/core-whole" >"$work/hits"
    expected=some
    row files "core with what MADV_DONTDUMP left out" "$(hits outside)" 0
    expected=none
    rm -f "$work"/core-*
    local colours
    colours=$(xwd -silent -root -display "$DISPLAY" | convert xwd:- -unique-colors -format '%w' info:)
    : >"$work/hits"
    row screen "colours after SIG$signal but one" 0 $((colours - 1))
}

# ended HOW: the visit is over; nothing of it is anywhere.
ended() {
    finger wait-screen home 40
    memory "$1" none
    home_again "$1"
}

# note_places: of the number's keys, in their order.
note_places() {
    local digit
    {
        echo "screen ${screen_width}x$screen_height"
        for ((digit = 0; digit < ${#number}; digit++)); do
            awk -v digit="${number:digit:1}" '$1 == "key" && $NF == digit {
                print "press " int($4 + $6 / 2) "," int($5 + $7 / 2) }' "$work/targets"
        done
    } >"$places"
}
# type_trembling: each key by a finger that doesn't rest.
type_trembling() {
    local x y
    while IFS=' ,' read -r _ x y; do
        finger drag "$x" "$y" $((x + 12)) $((y + 8))
    done < <(grep press "$places")
}

gone() { ! kill -0 "$@"; }

# ---- the hunt

start_x 1080 1920
make_hub
add_family
mkdir -p "$work/kiosk.json.d"
printf '{ "printer": { "a4": "ipp://127.0.0.1:9/ipp/print" } }\n' >"$work/kiosk.json.d/70-printer.json"
make_hasty_assets
printf '%-5s %-7s %6s %7s  %s\n' '' where inside outside when

# over PROTOCOL: the whole visit.
over() {
    configure_kiosk
    start
    memory "before, over $1" none
    type_number
    memory "the number is typed" some

    kill -STOP "$hub_pid"
    finger tap-label "Проверить"
    until_true 10 "the request" link_knows
    expected=some
    row link "the number is under way (in any place)" "$(wc -l <"$work/hits")" 0
    "$bin/hunt" "$secrets" pid "$kiosk_pid" >"$work/hits"
    row kiosk "the number is under way" "$(hits inside)" "$(hits outside)"
    expected=known core "$(pgrep -P "$kiosk_pid" -x navigator-link)" link "the number is under way"
    kill -CONT "$hub_pid"
    finger wait-screen result
    memory "the answer is shown" some
    hub_memory "the answer is told"
    finger tap-label "Выйти"
    ended "after «Выйти»"
    expected=none core "$(pgrep -P "$kiosk_pid" -x navigator-link)" link "after «Выйти»"
}
link_knows() {
    "$bin/hunt" "$secrets" pid "$(pgrep -P "$kiosk_pid" -x navigator-link)" >"$work/hits"
    [[ -s $work/hits ]]
}

start_hub
over http
stop "$kiosk_pid"
stop "$hub_pid"
make_certificate
start_hub 127.0.0.1:0 --tls-cert "$work/tls.pem" --tls-key "$work/tls.key"
over https

see_details
memory "the details are shown" some
finger tap-label "Завершить"
ended "after «Завершить»"

see_details
finger tap-label "Главная"
ended "after «Главная»"

see_result
finger tap-label "Что можно посещать на остаток"
finger wait-screen search
memory "only the balance lives on, as a filter" some
finger tap-label "Завершить"
ended "after «Завершить» in the search"

finger tap-label "Кружок, секция или педагог"
finger wait-screen search
finger type $word
finger settle
memory "a word is typed" some
finger tap-label "Главная"
ended "after «Главная» in the search"

hub_memory "after five visits"

stop "$kiosk_pid"
assets=$work/assets start
see_details
finger wait-screen idle 20
finger tap-label "Начать заново"
ended "after «Начать заново»"
finger tap-label "Проверить сертификат"
finger wait-screen number
note_places
type_trembling
finger wait-label "Проверить"
presses "the number is typed" known
ended "after nobody touched it"
presses "after nobody touched it" none

kill -STOP "$hub_pid"
type_number
finger tap-label "Проверить"
until_true 10 "the request" link_knows
finger wait-screen home 40
kill -CONT "$hub_pid"
memory "after nobody waited for the answer" none
stop "$kiosk_pid"
written "all that was written"

start
type_number
crash SEGV "the number is typed"
start
see_details
crash ABRT "the details are shown"

# The kernel's own word: without a debugger there is no core file.
cd "$work"
ulimit -S -c "$(ulimit -H -c)"
start
type_number
mapfile -t family < <(pgrep -P "$kiosk_pid" && echo "$kiosk_pid")
kill -ABRT "${family[@]}"
until_true 10 "the end" gone "${family[@]}"
find "$work" -maxdepth 1 -name 'core*' >"$work/hits"
row files "core files of kiosk, link and print" 0 "$(wc -l <"$work/hits")"

stop "$hub_pid"
written "all that was written, also by the crashes"
((bad == 0)) || fail "secrets were found, see the rows marked BAD"
