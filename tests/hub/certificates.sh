#!/bin/bash
# Certificates, charges and contracts on their way in: each refused row is named by file, row and
# column and never by what stood there; a newer file takes the place of the older one.
# tests/hub/certificates.sh BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hub=$(realpath "$1")/navigator-hub
# shellcheck source=tests/hub/lib.sh
. "$here/lib.sh"
cd "$room"

take() { # KIND FILE: the last line of the report, what it said in err
    "$hub" certificates "$1" --data hub "$2" 2>err | tail -n 1
}
"$hub" init --data hub >/dev/null
share hub
token=$("$hub" terminal add --data hub kiosk)

# ---- certificates: a spreadsheet's dress, and what is wrong in it
printf '\xEF\xBB\xBF%s\r\n' \
    'number;birth_date;kind;status;unit;period_from;period_to;nominal;balance;reserved' \
    '99 00 000001;28.02.2014;funded;active;;01.01.2026;31.12.2026;20 000;8 500,50;4500' \
    '99 00 000002;31.02.2014;funded;active;RUB;;;много;1;1' \
    '9900000003;;golden;active;;;;;;' \
    '9900000004;;funded;sleeping;;;;;;' \
    '9900000005;;funded;active;EUR;;;1;1;1' \
    ';;funded;active;;;;;;' \
    '9900000006;;funded;active;RUB;;;1;1;1;1' >certificates.csv
expect "certificates" "$(take import certificates.csv)" "read 7, taken 2, mended 0, refused 5"
diff - err <<'END' || fail "what is said of certificates"
certificates.csv:3:nominal: found «…», expected roubles
certificates.csv:3:birth_date: found «…», expected a date as 2026-09-01
certificates.csv:4:kind: row refused: expected accounting, funded or social
certificates.csv:5:status: row refused: expected active, not_activated, frozen or expired
certificates.csv:6:unit: row refused: expected RUB, hours or programs
certificates.csv:7:number: row refused: expected 1 to 24 letters and digits
certificates.csv:8:: row refused: more cells than the header has
END
echo "ok: each is named by its place"

# ---- charges and contracts
cat >charges.csv <<'END'
number,title,date,amount,unit
9900000001,Шахматы,2026-10-01,850,
9900000001,Шахматы,01.11.2026,"1 200,50 руб.",RUB
9900000001,,2026-10-01,850,
9900000001,Шахматы,скоро,850,
9900000001,Шахматы,2026-10-01,,
9900000001,Шахматы,2026-10-01,5,EUR
,Шахматы,2026-10-01,850,
9900000001,Шахматы,2026-10-01,850,RUB,850
END
expect "charges" "$(take charges charges.csv)" "read 8, taken 2, mended 0, refused 6"
diff - err <<'END' || fail "what is said of charges"
charges.csv:4:title: row refused: expected the program's name
charges.csv:5:date: row refused: expected a date as 2026-09-01
charges.csv:6:amount: row refused: expected roubles, or a whole number with a unit
charges.csv:7:amount: row refused: expected roubles, or a whole number with a unit
charges.csv:8:number: row refused: expected 1 to 24 letters and digits
charges.csv:9:: row refused: more cells than the header has
END
echo "ok: each is named by its place"
printf 'number,title,date\n9900000001,Шахматы,2026-09-01\n9900000001,Лепка,2026-02-30\n' >contracts.csv
expect "contracts" "$(take contracts contracts.csv)" "read 2, taken 1, mended 0, refused 1"
printf 'name,date\nx,y\n' >bad.csv
for kind in import charges contracts; do
    rc=0; "$hub" certificates "$kind" --data hub bad.csv >/dev/null 2>err || rc=$?
    expect "$kind: no column of numbers is wrong usage" "$rc" 2
    has "and says so" "$(<err)" "bad.csv: expected a header with the column «number»"
    rc=0; "$hub" certificates "$kind" --data hub none.csv >/dev/null 2>err || rc=$?
    expect "$kind: no file" "$rc $(<err)" "1 navigator-hub: none.csv: No such file or directory"
    has "$kind: help names its columns" "$("$hub" certificates "$kind" --help)" "number,"
done

# ---- what a family then sees
"$hub" serve --data hub --listen 127.0.0.1:0 >ready 2>log &
server=$!
until [ -s ready ]; do
    kill -0 "$server" 2>/dev/null || fail "the hub ended: $(<log)"
    sleep 0.02
done
url=$(sed -n 's/^navigator-hub: serving //p' ready)
open() {
    curl -s -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
        -d '{"number":"9900000001","birth_date":"2014-02-28"}' "$url/v1/certificates/check"
}
amounts() { grep -o '"amount":[0-9]*' | paste -sd' '; }
has "the sums are in kopecks" "$(open)" '"balance":850050'
expect "charges, newest first" "$(open | amounts)" '"amount":120050 "amount":85000'
has "the contract" "$(open)" '"contracts":[{"title":"Шахматы","since":"2026-09-01"}]'
printf 'number,title,date,amount\n9900000001,Шахматы,2026-12-01,700\n' >charges.csv
expect "a newer file" "$(take charges charges.csv)" "read 1, taken 1, mended 0, refused 0"
expect "takes the older one's place" "$(open | amounts)" '"amount":70000'
