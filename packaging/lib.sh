# Shared by packaging/demo and tests/run: says what it does, installs what is missing, builds.
# Sourced by bash with $root (the tree) set. Failure is one clear sentence on standard error.

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# install_missing PURPOSE...: the packages of packaging/dependencies with these purposes.
install_missing() {
    local purpose package missing=()
    while read -r purpose package; do
        [[ " $* " == *" $purpose "* ]] || continue
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
            missing+=("$package")
    done < <(sed 's/#.*//' "$root/packaging/dependencies")
    ((${#missing[@]})) || return 0

    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            fail "these packages are missing and neither root nor sudo is here: ${missing[*]}"
        apt=(sudo "${apt[@]}")
    fi
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    local log
    log=$(mktemp)
    { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } \
        >"$log" 2>&1 </dev/null ||
        fail "apt-get could not install the packages, its last words: $(tail -n 2 "$log" | tr '\n' ' ')"
    rm -f "$log"
}

# build PRESET [TARGET...]: configures and builds one preset of CMakePresets.json.
build() {
    local preset=$1
    shift
    say "Building ($preset)"
    (cd "$root" && cmake --preset "$preset" >/dev/null) ||
        fail "cmake could not configure the preset $preset"
    local quiet=(--build --preset "$preset")
    (($#)) && quiet+=(--target "$@")
    (cd "$root" && cmake "${quiet[@]}" -- --quiet) || fail "the preset $preset does not build"
}
