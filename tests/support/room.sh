# A room for a test in bash, and how it says what it found. Sourced; sets room. What stands in
# `children` (or alone in $server) ends with the test.
room=$(mktemp -d)
children=()
export LC_ALL=C.UTF-8
finish() {
    local pid
    for pid in "${children[@]}" ${server-}; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$room"
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
expect() { # WHAT FOUND EXPECTED
    [ "$2" = "$3" ] || fail "$1: found «$2», expected «$3»"
    echo "ok: $1"
}
has() { # WHAT TEXT PIECE
    [[ $2 == *"$3"* ]] || fail "$1: expected «$3» in «$2»"
    echo "ok: $1"
}
