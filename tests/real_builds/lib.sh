# shellcheck shell=bash
# What `engine` and `base-images` share. Read by them, not run.

# One folder for everything that lasts, one for sockets and pid files. With other folders, another
# engine runs beside the first.
ENGINE_DIR=${ENGINE_DIR:-/var/lib/imgfix-real-builds}
RUN_DIR=${RUN_DIR:-/run/imgfix-real-builds}

# Something went wrong.
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# There cannot be an engine (or an image) here, and that is nobody's fault: a test runner skips.
cannot() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 3
}

# The address that this machine's apt uses for Debian's archive named "debian" or "debian-security",
# or else the public one.
debian_mirror() {
    local found
    found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -n -E 's/^URIs: *//p; s/^deb +(\[[^]]*\] +)?([^ ]+) .*/\2/p' | tr ' ' '\n' |
        grep -E -m 1 "/$1/?\$") || true
    printf '%s\n' "${found:-http://deb.debian.org/$1}"
}
