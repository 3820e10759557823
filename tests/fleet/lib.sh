# Shared by the tests of the fleet: a room, a hub of 300 programs with two terminals, how they say
# what they found. Sourced by bash after $root and $bin are set. Whatever stands in `children` ends
# with the test.
# shellcheck source=tests/support/room.sh
. "$(dirname "${BASH_SOURCE[0]}")/../support/room.sh"
data=$room/hub
PATH=$PATH:/usr/sbin

hub() { # COMMAND [ARGUMENT...]
    "$bin/navigator-hub" "$@"
}

# import VERSION [PROGRAMS]: an export in which one program in ten has this version in its title.
import() {
    awk -v version="$1" -v programs="${2:-300}" 'BEGIN {
        print "program_id,title,description,organization,municipality,places_free"
        srand(1)
        for (i = 0; i < programs; i++) {
            words = ""
            for (n = 0; n < 30; n++) words = words " " int(rand() * 100000000)
            printf "%d,Кружок %d%s,%s,ДДТ %d,Район,%d\n", i, i,
                i % 10 == version % 10 ? " номер " version : "", words, i % 7, i % 5
        }
    }' >"$room/export.csv"
    hub import-csv --data "$data" --source export "$room/export.csv" >/dev/null 2>&1
}
make_hub() { # [PROGRAMS]
    hub init --data "$data" --region test >/dev/null
    import 0 "$@"
    printf '%s\n' number,birth_date,kind,status,unit,period_from,period_to,nominal,balance,reserved \
        1234567890,2014-02-28,funded,active,RUB,2026-01-01,2026-12-31,20000,8500,4500 \
        >"$room/certificates.csv"
    hub certificates import --data "$data" "$room/certificates.csv" >/dev/null 2>&1
    hub publish --data "$data" >/dev/null
    token=$(hub terminal add --data "$data" one)
    # shellcheck disable=SC2034 # read by who sources this
    token_two=$(hub terminal add --data "$data" two)
}
# serve_hub: one more process on $data; its address in $served.
serve_hub() {
    local out=$room/hub-${#children[@]}
    "$bin/navigator-hub" serve --data "$data" --listen 127.0.0.1:0 --metrics >"$out" 2>"$out.log" &
    children+=($!)
    for _ in $(seq 400); do
        [ ! -s "$out" ] || break
        kill -0 "${children[-1]}" 2>/dev/null || fail "the hub doesn't serve: $(cat "$out.log")"
        sleep 0.02
    done
    served=$(sed -n 's/^navigator-hub: serving //p' "$out")
}
# post PATH BODY [CURL OPTION...]: the status; the body of the answer in $room/body.
post() {
    local path=$1 body=$2
    shift 2
    curl -s -o "$room/body" -D "$room/headers" -w '%{http_code}' -H "Authorization: Bearer $token" \
        -H 'Content-Type: application/json' -d "$body" "$@" "$url$path"
}
header() { tr -d '\r' <"$room/headers" | sed -n "s/^$1: //Ip"; }
