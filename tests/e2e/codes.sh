#!/bin/bash
# Every code that enrollment shows is read back from the true screen and measured, in both
# orientations and in high contrast: the hub's short link, the waiting list's, the programme's own
# page while the hub is silent. Modules of 10 px and more, four of them white around the code.
# codes.sh TREE BUILD
set -euo pipefail
root=$1 bin=$2 work=$2/e2e/codes
# shellcheck source=tests/e2e/lib.sh
. "$root/tests/e2e/lib.sh"

# open_program WORD TITLE: from home.
open_program() {
    finger tap-label "Кружок, секция или педагог"
    finger wait-screen search
    finger type "$1"
    finger settle
    finger tap-label "$2"
    finger wait-screen program
}
home() {
    finger tap-label "Главная"
    finger wait-screen home
}

# code NAME PATTERN: the screen's code is whole and its link is like this.
code() {
    local link module quiet
    shot "$1"
    read -r link module quiet < <("$root/tests/e2e/code_look" "$shots/$1.png") ||
        fail "$1.png: no code that can be measured"
    [[ $link =~ ^$2$ ]] || fail "$1.png: expected a link like $2, found $link"
    [[ $link =~ ^[\ -~]+$ ]] || fail "$1.png: the link isn't ASCII: $link"
    ((module >= 10)) || fail "$1.png: a module of $module px"
    ((${quiet%.*} >= 4)) || fail "$1.png: only $quiet modules of white around the code"
    say "  $1: $link, $module px, $quiet modules around"
}
# code_in_contrast NAME PATTERN: in both palettes.
code_in_contrast() {
    code "$@"
    finger tap-label "Контраст"
    code "$1-contrast" "$2"
    finger tap-label "Контраст"
}
enroll() { # BUTTON
    finger tap-label "$1"
    finger wait-screen enroll
    finger wait-label "Ещё время"
}

walk() { # WIDTH HEIGHT
    say "A screen of $1x$2"
    start_x "$1" "$2"
    start_hub
    configure_kiosk
    start_kiosk
    local short="$hub_url/k/[0-9A-Z]{2}-[0-9A-Z]{2}-[0-9A-Z]{2}"
    open_program лапа "Тёплая лапа"
    finger tap-label "Чт"
    enroll "Записаться"
    code_in_contrast "$1-short" "$short"
    home
    open_program самбо "Самбо для девочек и мальчиков"
    finger tap-label "Сб"
    enroll "Занять очередь"
    code_in_contrast "$1-queue" "$short"
    finger tap-label "Назад"
    finger wait-screen program
    stop "$hub_pid"
    enroll "Занять очередь"
    code_in_contrast "$1-queue-own" "https://xn--f1aeeb2as\.xn--80ahgjfeesf8a\.example/program/2379-.*"
    home
    open_program лапа "Тёплая лапа"
    finger tap-label "Чт"
    enroll "Записаться"
    code_in_contrast "$1-own" "https://xn--f1aeeb2as\.xn--80ahgjfeesf8a\.example/program/1229-.*"
    stop "$kiosk_pid"
}

make_hub
walk 1080 1920
walk 1920 1080
