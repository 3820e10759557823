#!/bin/bash
# `navigator-hub quality`: the summary, the page, the table and the list for scripts say the same.
# tests/hub/quality.sh BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hub=$(realpath "$1")/navigator-hub
# shellcheck source=tests/hub/lib.sh
. "$here/lib.sh"
cd "$room"

"$hub" init --data hub --region test >/dev/null
has "an empty hub is fine" "$("$hub" quality --data hub --html empty.html)" \
    "Всего замечаний: 0. Программ: 0, без замечаний: 0"
has "and its page says so" "$(<empty.html)" "Замечаний нет"
"$hub" import-csv --data hub "$here/traps.csv" >/dev/null 2>&1
"$hub" quality --data hub --html page.html --csv table.csv >summary
"$hub" quality --data hub --json >list.json

total=$(sed -n 's/^Всего замечаний: \([0-9]*\).*/\1/p' summary)
[ "$total" -gt 100 ] || fail "only $total findings"
expect "rules of the summary" "$(head -n -1 summary | sed 's/.*: \([0-9]*\) .*/\1/' |
    awk '{ sum += $1 } END { print sum }')" \
    "$total"
expect "the list for scripts" "$(python3 -Ic 'import json, sys
list = json.load(sys.stdin)
rules = {rule["rule"]: len(rule["findings"]) for rule in list["rules"]}
assert rules == {rule["rule"]: rule["count"] for rule in list["rules"]}
print(list["total"], sum(rules.values()), rules["look_alike_host"], rules["ended"], rules["row"])' <list.json)" \
    "$total $total 1 1 2"
expect "a table as Excel takes it" "$(head -c 3 table.csv | od -An -tx1)" " ef bb bf"
expect "with all of them" "$(python3 -Ic 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""), delimiter=";"))
assert all(len(row) == 11 for row in rows), rows
print(len(rows) - 1)' table.csv)" "$total"
expect "a page with as many" "$(grep -c '<li>' page.html)" "$total"
has "each rule can be jumped to" "$(<page.html)" 'href="#no_schedule"'
has "and stands there" "$(<page.html)" 'id="no_schedule"'
if grep -oE '(src|href|url|action)[=(]"?[^#d" >][^" >]*' page.html; then
    fail "the page asks for something"
fi
echo "ok: the page asks for nothing"

rc=0; "$hub" quality --data hub --html "$room/no/such" >/dev/null 2>err || rc=$?
expect "a page that can't be written" "$rc" 1
has "says where" "$(<err)" "$room/no/such"
rc=0; "$hub" quality --data "$room" 2>/dev/null || rc=$?
expect "no hub" "$rc" 1
