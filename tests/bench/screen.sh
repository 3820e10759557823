# What the screen promises (tests/bench/run --screen sources this after figure and cost): frames of a
# fling, answers to touches, rest, memory. First the production painter inside benches, in processor
# time; then the true program under a true X server, a finger and an eye (tests/support), in time on
# the wall. --quick: fewer visits, a shorter rest.

visits=${quick:+400}
visits=${visits:-10000}
frame_ms=16.7

build release navigator-kiosk navigator-link navigator-print navigator-bench scroll-bench \
    first-frames-bench soak-bench
for eye in finger pixels; do
    libraries=()
    [[ $eye == finger ]] || libraries=(-lX11)
    cc -O2 -D_GNU_SOURCE -o "$work/$eye" "$root/tests/support/$eye.c" "${libraries[@]}" ||
        fail "tests/support/$eye.c does not build"
done
cp "$work/finger" "$bin/finger"
printf 'load now: %s, cores: %s\n' "$(cut -d' ' -f1 /proc/loadavg)" "$(nproc)"

"$bin/scroll-bench" >"$work/costs"
figure "fling over 1000 cards, a frame (median)" "$(cost fling_p50)" ms "$frame_ms"
figure "fling over 1000 cards, a frame (p99)" "$(cost fling_p99)" ms "$frame_ms"
figure "fling, the longest of $(cost frames)" "$(cost fling_max)" ms "$frame_ms"

"$bin/first-frames-bench" "$root"/tests/scenario/*.scenario >"$work/screens"
for place in 2:portrait 3:landscape; do
    read -r name worst < <(awk -v c="${place%:*}" '{ print $1, $c }' "$work/screens" |
        sort -k 2 -g -r)
    figure "longest answer, ${place#*:} ($name)" "$worst" ms 33
done

"$bin/soak-bench" "$visits" >"$work/costs"
for quarter in 1 2 3 4; do
    figure "PSS after $((visits * quarter / 4)) visits" "$(cost pss_$quarter)" MB 100
done
figure "growth in the last half" \
    "$(awk "BEGIN { g = $(cost pss_4) - $(cost pss_2); print (g > 0 ? g : 0) }")" MB 2
figure "text in the cache, at most" "$(awk "BEGIN { print $(cost text_kb) / 1024 }")" MB 12.1
figure "pictures in the cache, at most" "$(awk "BEGIN { print $(cost picture_kb) / 1024 }")" MB 20.1

# ---- the true program

mkdir -p "$work/data"
"$bin/navigator-bench" region "$work/data" 5600
cp "$root/kiosk-config/demo.json" "$work/kiosk.json"
start_x 1080 1920
start_kiosk --data-dir "$work/data" --frames-file "$work/frames"

# All threads' time on a processor, in milliseconds.
cpu_ms() { awk '{ ns += $1 } END { printf "%.3f\n", ns / 1e6 }' /proc/"$1"/task/*/schedstat; }

# watch X Y W H: an eye on this box until unwatch; what it saw is in $work/seen.
watch() {
    "$work/pixels" "$@" >"$work/seen" &
    eye_pid=$!
    started+=("$eye_pid")
    sleep 0.3 # it looks by now
}
unwatch() { kill "$eye_pid" && wait "$eye_pid" || true; }

idle_s=${quick:+10}
idle_s=${idle_s:-30}
sleep 5 # the link's first poll is over: from here nothing happens
before=$(cpu_ms "$kiosk_pid")
sleep "$idle_s"
figure "home at rest for $idle_s s, of a processor" \
    "$(awk "BEGIN { print ($(cpu_ms "$kiosk_pid") - $before) / $idle_s / 10 }")" % 0.2

# The place of the first target with this role, as X Y.
middle_of() {
    awk -v r="$1" 'NR > 1 && $1 == r { print $4 + int($6 / 2), $5 + int($7 / 2); exit }' \
        "$work/targets"
}

finger tap-label "Проверить сертификат"
finger settle
read -r x y < <(middle_of key)
watch $((x - 8)) $((y - 30)) 16 60
for ((i = 0; i < 40; i++)); do
    finger hold "$x" "$y" 60
    finger when >>"$work/touched"
    sleep 0.2
done
unwatch
# The first change after each touch.
awk 'BEGIN { i = 0; n = 0 } NR == FNR { t[n++] = $1; next } { while (i < n && t[i] < $1) { print $1 - t[i]; i++ } }' \
    "$work/touched" "$work/seen" | sort -g >"$work/answers"
figure "touch to the first changed pixel (median)" \
    "$(awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }' "$work/answers")" ms "$frame_ms"
figure "touch to the first changed pixel (longest)" "$(tail -n 1 "$work/answers")" ms "$frame_ms"
finger settle
finger tap-label "Главная"
finger wait-screen home

finger tap-label "Кружок, секция"
finger wait-screen search
finger settle
finger tap-label "Показать"
finger settle
before=$(cpu_ms "$kiosk_pid")
end=$(($(date +%s%N) + 10000000000))
while (($(date +%s%N) < end)); do
    finger fling 540 1500 540 700
    finger when >>"$work/flung"
    sleep 0.5
done
figure "10 s of scrolling, processor time" \
    "$(awk "BEGIN { print ($(cpu_ms "$kiosk_pid") - $before) / 1000 }")" s 1.5
figure "PSS of the kiosk after that" \
    "$(awk '$1 == "Pss:" { print $2 / 1024 }' "/proc/$kiosk_pid/smaps_rollup")" MB 100
stop "$kiosk_pid" # it writes down its frames

# All frames of the flings: when shown, on the wall from waking, on the processor. From frame to
# frame only once the finger is gone (it moves for 230 ms at a pace of its own).
awk 'NR == FNR { t[n++] = $1; next }
    { shown = ($1 + $2) / 1000
      while (i < n - 1 && shown > t[i + 1]) i++
      since = shown - t[i]
      pace = since > 350 && since < 800 ? shown - before : "-"
      if (since > 0 && since < 900) print pace, $2 / 1000, $3 / 1000
      before = shown }' "$work/flung" "$work/frames" >"$work/fling"
at() { awk -v p="$1" '{ v[NR] = $1 } END { print v[int(p * (NR - 1) + 1.5)] }' "$2"; }
column() { cut -d ' ' -f "$1" "$work/fling" | grep -v -e - | sort -g >"$work/column"; }
column 3
figure "true frame of a fling, processor (median)" "$(at 0.5 "$work/column")" ms "$frame_ms"
figure "true frame of a fling, processor (p99)" "$(at 0.99 "$work/column")" ms "$frame_ms"
column 2
figure "true frame, from waking to shown (median)" "$(at 0.5 "$work/column")" ms "$frame_ms"
figure "true frame, from waking to shown (p99)" "$(at 0.99 "$work/column")" ms "$frame_ms"
column 1
figure "from frame to frame in a fling (median)" "$(at 0.5 "$work/column")" ms 17.5
figure "from frame to frame in a fling (p99)" "$(at 0.99 "$work/column")" ms 33.4
