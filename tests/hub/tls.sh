#!/bin/bash
# A whole sync over https: certificates by the openssl command, navigator-hub serve --tls-cert
# --tls-key, navigatorctl sync --ca-file; and what each side refuses.   tests/hub/tls.sh BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=$(realpath "$1")
# shellcheck source=tests/hub/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# ---- certificates
authority() { # NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" \
        -keyout "$room/$1.key" -out "$room/$1.pem" 2>/dev/null
}
certificate() { # NAME CA SUBJECT_ALT_NAME DAYS (counted from yesterday on)
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$room/$1.key" -out "$room/$1.csr" 2>/dev/null
    openssl x509 -req -in "$room/$1.csr" -CA "$room/$2.pem" -CAkey "$room/$2.key" -days "$4" \
        -CAcreateserial -extfile <(echo "subjectAltName=$3") -out "$room/$1.pem" 2>/dev/null
    chmod 600 "$room/$1.key"
}
authority school
authority stranger
certificate hub school DNS:localhost,IP:127.0.0.1 2
certificate other school DNS:other.example 2

# ---- a hub
"$bin/navigator-hub" init --data "$data" --region test >/dev/null
cd "$here"
"$bin/navigator-hub" import-csv --data "$data" groups-1251.csv >/dev/null 2>&1
"$bin/navigator-hub" publish --data "$data" >/dev/null
serve() { # CERTIFICATE [OPTION...]: sets url
    : >"$room/ready"
    "$bin/navigator-hub" serve --data "$data" --listen 127.0.0.1:0 --tls-cert "$room/$1.pem" \
        --tls-key "$room/$1.key" "${@:2}" >"$room/ready" 2>"$room/log" &
    server=$!
    until [ -s "$room/ready" ]; do
        kill -0 "$server" 2>/dev/null || fail "the hub ended: $(cat "$room/log")"
        sleep 0.02
    done
    url=$(sed -n 's/^navigator-hub: serving //p' "$room/ready")
}
stop() {
    local code=0
    kill "$server"
    wait "$server" || code=$?
    server=
    expect "SIGTERM ends it well" "$code" 0
}
sync() { # FOLDER [OPTION...]: what navigatorctl says, and its exit code in $room/code
    local code=0
    "$bin/navigatorctl" sync --data-dir "$room/$1" --navigator "$url" \
        --trust "$data/keys/feed.pub" "${@:2}" 2>&1 || code=$?
    echo "$code" >"$room/code"
}

serve hub
has "it serves https" "$url" "https://127.0.0.1:"
has "a sync over TLS" "$(sync terminal --ca-file "$room/school.pem")" "serial 1: new"
expect "and it is fine" "$(<"$room/code")" 0
has "by name, too" "$(url=${url/127.0.0.1/localhost} sync named --ca-file "$room/school.pem")" \
    "serial 1: new"
has "the next one finds nothing new" "$(sync terminal --ca-file "$room/school.pem")" unchanged
has "the system's CAs don't know the school's" "$(sync stranger)" "a CA that isn't trusted"
expect "which is a failure" "$(<"$room/code")" 1
has "nor does a stranger" "$(sync stranger --ca-file "$room/stranger.pem")" \
    "a CA that isn't trusted"
has "no plain HTTP on this port" \
    "$(url=${url/https/http} sync stranger --ca-file "$room/school.pem")" "manifest"
expect "which is a failure, too" "$(<"$room/code")" 1
[ ! -e "$room/stranger/catalog-1.db" ] || fail "a catalogue of a stranger"
ca=(--cacert "$room/school.pem")
expect "stock curl agrees" "$(curl -s "${ca[@]}" -o "$room/manifest" -w '%{http_code} %{ssl_verify_result}' \
    "$url/feed/v1/manifest.json")" "200 0"
cmp "$room/manifest" "$data/feed/v1/manifest.json"
expect "curl with TLS 1.2" "$(curl -s "${ca[@]}" --tls-max 1.2 -o /dev/null -w '%{http_code}' "$url/healthz")" 200
expect "ranges over TLS" "$(curl -s "${ca[@]}" -r 10-19 -o "$room/part" -w '%{http_code}' \
    "$url/feed/v1/manifest.json")" 206
cmp "$room/part" <(tail -c +11 "$data/feed/v1/manifest.json" | head -c 10)
speaks() { # VERSION OF openssl s_client: what was agreed on
    openssl s_client -connect "${url#https://}" "$1" -cipher 'ALL:@SECLEVEL=0' </dev/null 2>&1 |
        grep -o 'Cipher is.*' || true
}
has "no TLS 1.1" "$(speaks -tls1_1)" "(NONE)"
has "but the same client with 1.2" "$(speaks -tls1_2)" "ECDHE"
exec {mute}<>"/dev/tcp/127.0.0.1/${url##*:}" # connects and says nothing
has "nobody waits for who is silent" "$(sync after --ca-file "$room/school.pem")" "serial 1: new"
exec {mute}>&-
stop

serve other
has "a certificate for another host" "$(sync other --ca-file "$room/school.pem")" "for another host"
expect "is a failure" "$(<"$room/code")" 1
stop

# ---- what the hub itself refuses
refuses() { # WHAT EXIT_CODE PIECE OPTION...
    local code=0 said
    said=$("$bin/navigator-hub" serve --data "$data" --listen 127.0.0.1:0 "${@:4}" 2>&1) || code=$?
    expect "$1" "$code" "$2"
    has "and says so" "$said" "$3"
}
refuses "a certificate alone" 2 "expected both or none" --tls-cert "$room/hub.pem"
refuses "another's key" 1 "expected a PEM certificate and its key" \
    --tls-cert "$room/hub.pem" --tls-key "$room/other.key"
refuses "no certificate there" 2 "--tls-cert: $room/none.pem: No such file" \
    --tls-cert "$room/none.pem" --tls-key "$room/hub.key"
chmod 644 "$room/hub.key"
refuses "a key that others may read" 2 "found mode 0644, expected 0600" \
    --tls-cert "$room/hub.pem" --tls-key "$room/hub.key"
