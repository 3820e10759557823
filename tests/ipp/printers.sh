# Real printers with every trouble: what navigator-print tells its kiosk, how soon, and what the
# printers got. Prints the table of seconds.   printers.sh TREE BIN
# shellcheck shell=bash
set -euo pipefail
root=$1 bin=$2 work=$2/ipp-printers
# shellcheck source=tests/ipp/lib.sh
. "$root/tests/ipp/lib.sh"

limit_ms=3000
late=0
office=ipp://localhost:8631/ipp/print
row() { # WHAT MS
    printf '%-44s %5d.%03d s\n' "$1" $(($2 / 1000)) $(($2 % 1000))
    (($2 <= limit_ms)) || { late=1 && printf '%s: later than %s ms\n' "$1" $limit_ms; }
}
# since MS WHAT REGEX: waits for the report and notes how long after MS it came.
since() {
    told "$3"
    row "$2" $((${line%% *} - $1))
}
documents() { find "$work/$1" -name '*.pdf' ! -name '*untitled*' | wc -l; }

mkdir -p "$work/data"
start_bus
start_printer office 8631
start_print a4=$office "roll=ipp://localhost:8632/ipp/print"
ask watch
told 'a4:\+ready roll:-,silent'

# each_reason NAME: lines of "keyword shown" on standard input, one after the other.
each_reason() {
    local keyword shown at
    while read -r keyword shown; do
        mark
        at=$(now_ms)
        trouble "$1" "+$keyword"
        since "$at" "$keyword" "a4:[^ ]*,${shown}[, ]"
        mark
        trouble "$1" "-$keyword"
        told 'a4:\+ready roll'
        ask watch
    done
}

say "Reasons that a printer tells while nobody prints from here"
work_on office 8631
each_reason office <<'REASONS'
cover-open cover-open
input-tray-missing no-tray
marker-supply-empty-error no-toner
marker-supply-low-report low-toner
marker-waste-full-error waste-full
media-empty-report no-paper
media-jam-error jam
media-low-report low-paper
media-needed-report no-paper
moving-to-paused paused
paused paused
spool-area-full-report spool-full
toner-empty-error no-toner
toner-low-report low-toner
REASONS
work_off office 8631

say "A job: done is said only after the printer said it"
touch "$work/office.hold"
mark
ask start 1 test a4 2
told ' 1:printing'
mark
at=$(now_ms)
trouble office +media-jam-error
since "$at" "a jam in the middle of a job" 'a4:[^ ]*,jam.* 1:printing'
trouble office -media-jam-error
told 'a4:\+ready roll.* 1:printing'
grep -q ' 1:done' "$work/states" && fail "done was said while the printer was at work"
rm "$work/office.hold"
since "$(now_ms)" "completed" ' 1:done:0:2/2'
ask forget 1

say "Canceled while the printer has it"
touch "$work/office.hold"
ask start 2 test a4
told ' 2:printing'
ask cancel 2
until_true 5 "Cancel-Job" grep -q "Cancel-Job successful" "$work/office.log"
at=$(now_ms)
rm "$work/office.hold" # this printer ends a page before it cancels
since "$at" "canceled" ' 2:canceled'
ask forget 2

say "Silent: the printer hangs"
mark
at=$(now_ms)
ask watch
kill -STOP "$printer_pid"
since "$at" "hangs" 'a4:-,silent'
ask start 3 test a4
told ' 3:waiting'
mark
at=$(now_ms)
kill -CONT "$printer_pid"
since "$at" "answers again" 'a4:\+ready'
told ' 3:done'
ask forget 3

say "Lost in the middle of a job, found again"
touch "$work/office.hold"
ask start 4 test a4
told ' 4:printing'
mark
at=$(now_ms)
kill -STOP "$printer_pid"
since "$at" "hangs with our job" ' 4:unsure'
kill -CONT "$printer_pid"
rm "$work/office.hold"
told ' 4:done'
ask forget 4
[[ $(documents office) == 4 ]] || fail "expected 4 documents, found $(ls "$work/office")"

say "Lost in the middle of a job for good"
touch "$work/office.hold"
ask start 5 test a4
told ' 5:printing'
mark
at=$(now_ms)
kill -KILL "$printer_pid"
since "$at" "off" ' 5:unsure'
rm -f "$work/office.hold"
start_printer office 8631
told 'a4:\+ready.* 5:unsure'
ask watch
work_on office 8631
trouble office +media-low-report # some more looks
work_off office 8631
told 'low-paper.* 5:unsure'
[[ $(documents office) == 5 ]] || fail "a lost job came out again: $(ls "$work/office")"
ask again 5
told ' 5:done'
[[ $(documents office) == 6 ]] || fail "expected one sheet more: $(ls "$work/office")"
ask forget 5

say "A printer without an address to reach"
exec {asks}>&-
stop "$print_pid"
ip addr add 192.0.2.1/24 dev lo
ip link add hole type dummy 2>/dev/null && ip addr add 198.51.100.1/24 dev hole && ip link set hole up
start_print a4=ipp://198.51.100.77:631/ipp/print
at=$(now_ms)
since "$at" "unreachable" 'a4:-,silent'
exec {asks}>&-
stop "$print_pid"

say "A printer that takes only raster"
office_pid=$printer_pid
start_printer raster 8633 image/urf,image/pwg-raster
printer_pid=$office_pid
start_print a4=ipp://localhost:8633/ipp/print
at=$(now_ms)
since "$at" "takes no PDF" 'a4:-,refused'
ask start 1 test a4
told ' 1:waiting'
ask cancel 1
told ' 1:canceled'
exec {asks}>&-
stop "$print_pid"

say "Through cupsd"
start_cups
lpadmin -p queue -E -v trouble:/device -m raw -o printer-error-policy=abort-job 2>/dev/null
lpadmin -p queue-office -E -v $office -m everywhere
lpadmin -d queue
start_print a4=auto roll=queue-office
ask watch
told 'a4:\+ready roll:\+ready'
touch "$work/queue.hold"
ask start 1 test a4
told ' 1:printing'
mark
at=$(now_ms)
trouble queue +media-jam-error
since "$at" "a jam in the middle of a job" 'a4:-,jam.* 1:held'
trouble queue -media-jam-error
told 'a4:\+ready roll.* 1:printing'
each_reason queue <<'REASONS'
door-open-error cover-open
interlock-open-error cover-open
output-tray-missing-error no-tray
output-area-full-error output-full
output-area-almost-full-warning nearly-full
marker-waste-almost-full-warning nearly-full
fuser-over-temp-error fuser
fuser-under-temp-warning fuser
opc-life-over-error drum
developer-empty-error drum
shutdown paused
timed-out-error silent
vendor-says-error other
REASONS
grep -q ' 1:done' "$work/states" && fail "done was said while the device was at work"
rm "$work/queue.hold"
told ' 1:done'
ask forget 1

say "The device gives a job up"
echo 1 >"$work/queue.exit"
ask start 2 test a4
told ' 2:failed:3'
ask forget 2
rm "$work/queue.exit"

say "What staff do to a queue"
mark
at=$(now_ms)
cupsdisable queue
since "$at" "stopped" 'a4:-,paused'
cupsenable queue
told 'a4:\+ready'
mark
at=$(now_ms)
cupsreject queue
since "$at" "takes no jobs" 'a4:-,refused'
cupsaccept queue
told 'a4:\+ready'
mark
at=$(now_ms)
kill -STOP "$printer_pid"
since "$at" "the device behind a queue hangs" 'roll:-,silent'
kill -CONT "$printer_pid"
told 'roll:\+ready'
mark
at=$(now_ms)
lpadmin -x queue
since "$at" "the queue is gone" 'a4:none'
mark
at=$(now_ms)
stop "$cups_pid"
since "$at" "cupsd is gone" 'roll:-,silent'
exec {asks}>&-
stop "$print_pid"

((late == 0)) || fail "some reports came too late"
say "Nothing came out twice, nothing was done before it was"
