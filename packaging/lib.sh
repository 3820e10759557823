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

# fresh_packages: build/packages, built again when anything but a test changed since.
fresh_packages() {
    local debs=("$root"/build/packages/*.deb)
    [[ -f ${debs[0]} && -z $(find "$root" -mindepth 1 \( -path "$root/build" -o \
        -path "$root/.git" -o -path "$root/tests" \) -prune -o -newer "${debs[0]}" -print -quit) ]] ||
        "$root/packaging/package"
}
# fetch_debian TAR PACKAGE...: a bare Debian 12 with these packages as a tar file, through this
# machine's own apt; not again as long as TAR is there. Root only.
fetch_debian() {
    local tar=$1 source sources=()
    shift
    [[ ! -f $tar ]] || return 0
    say "Fetching Debian 12 (${tar##*/})"
    for source in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
        [[ ! -s $source ]] || sources+=("$source")
    done
    apt-config dump | grep -iE '^Acquire::(https?|check-)' >"$tar.conf" || true
    mmdebstrap --quiet --variant=minbase --mode=root --format=tar --aptopt="$(realpath "$tar.conf")" \
        --aptopt='APT::Install-Recommends "false"' --include="$(IFS=, && echo "$*")" \
        bookworm "$tar.part" "${sources[@]}" >"$tar.log" 2>&1 ||
        fail "mmdebstrap failed, see $tar.log"
    mv "$tar.part" "$tar"
    rm "$tar".{conf,log}
}
# depends_of DEB...: the names of what these packages depend on, but for each other.
depends_of() {
    local deb
    for deb; do
        dpkg-deb -f "$deb" Depends | tr ',' '\n'
    done | sed 's/[(|].*//; s/ //g; /^navigator/d; /^$/d' | sort -u
}
