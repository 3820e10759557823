#!/bin/bash
# A visit by keys and speech alone, at the true kiosk: a club is found and its short code heard; the
# code is the hub's. Then a real speech-dispatcher takes the kiosk's words.   speech.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/speech
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

start_x 1080 1920
make_hub
start_hub
configure_kiosk

say "By keys and speech alone"
mkfifo "$work/ready"
python3 "$root/tests/e2e/listener.py" "$work/ssip" "$work/transcript" <"$work/ready" \
    >"$work/listener.log" 2>&1 &
listener=$!
started+=("$listener")
exec {ready}>"$work/ready"
until_true 10 "the listener" grep -q listening "$work/listener.log"
export SPEECHD_ADDRESS=unix_socket:$work/ssip
start_kiosk
until_true 10 "the kiosk's voice" grep -q 'there is a server' "$work/kiosk.log"
echo >&"$ready"
wait "$listener" || fail "$(tail -n 3 "$work/listener.log")"
cat "$work/listener.log"
code=$(sed -n 's/^code //p' "$work/listener.log")
curl -fsS "$hub_url/k/$code" >"$work/page.html" || fail "the code $code that was heard isn't the hub's"
! grep -q "://" "$work/transcript" || fail "an address was said: $(grep :// "$work/transcript")"
stop "$kiosk_pid"

say "A real speech-dispatcher"
# espeak-ng speaks as it would at the terminal; the loudspeaker is a file.
mkdir -p "$work/speechd/modules"
cat >"$work/speechd/speechd.conf" <<CONF
LogLevel 3
DefaultLanguage "ru"
AudioOutputMethod "alsa"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
DefaultModule espeak-ng
CONF
: >"$work/speechd/modules/espeak-ng.conf"
cat >"$work/speechd/alsa.conf" <<CONF
pcm.silence { type null }
pcm.!default { type file slave.pcm silence file "$work/speechd/heard.raw" format raw }
CONF
export ALSA_CONFIG_PATH=$work/speechd/alsa.conf
speech-dispatcher --run-single --communication-method unix_socket --socket-path "$work/speechd/socket" \
    --config-dir "$work/speechd" --log-dir "$work/speechd" --pid-file "$work/speechd/pid" --timeout 0 \
    >"$work/speechd/out" 2>&1 &
started+=("$!")
until_true 10 "speech-dispatcher (see $work/speechd)" test -S "$work/speechd/socket"
export SPEECHD_ADDRESS=unix_socket:$work/speechd/socket
start_kiosk
until_true 10 "the kiosk's voice" grep -q 'there is a server' "$work/kiosk.log"
xdotool key F2
until_true 10 "the sound" test -s "$work/speechd/heard.raw"
stop "$kiosk_pid"
