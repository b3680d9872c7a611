#!/usr/bin/env bash
# debian_root.sh FOLDER: puts root.tar and slim.tar there, the file systems of debian:bookworm and
# debian:bookworm-slim, made by mmdebstrap from Debian's packages.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR/.. source=lib.sh
. "$(dirname "$(readlink -f "$0")")/../lib.sh"
out=$1
[ "$(id -u)" = 0 ] || cannot "needs root"

if ! command -v mmdebstrap > /dev/null; then
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends mmdebstrap; } \
        > "$out/apt.log" 2>&1 || cannot "mmdebstrap cannot be installed: $(grep -m 1 '^E:' "$out/apt.log")"
fi

# What the public images have beside the packages. The four settings of apt decide what a clean-up is
# worth: no .deb is kept, no package cache is written, lists are kept compressed, no translations.
extra=$out/extra
mkdir -p "$extra"/etc/apt/apt.conf.d "$extra"/etc/apt/sources.list.d "$extra"/etc/dpkg/dpkg.cfg.d \
    "$extra"/usr/sbin "$extra"/usr/local/share/ca-certificates
cat > "$extra/etc/apt/apt.conf.d/docker-clean" <<'EOF'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
EOF
echo 'Acquire::GzipIndexes "true";' > "$extra/etc/apt/apt.conf.d/docker-gzip-indexes"
echo 'Acquire::Languages "none";' > "$extra/etc/apt/apt.conf.d/docker-no-languages"
echo 'Apt::AutoRemove::SuggestsImportant "false";' > "$extra/etc/apt/apt.conf.d/docker-autoremove-suggests"
echo force-unsafe-io > "$extra/etc/dpkg/dpkg.cfg.d/docker-apt-speed-up"
printf '#!/bin/sh\nexit 101\n' > "$extra/usr/sbin/policy-rc.d"
chmod 755 "$extra/usr/sbin/policy-rc.d"
# Certificate authorities that this machine adds (a proxy's) count in builds too, once a build installs
# ca-certificates. They are not put in /etc/ssl: without that package https fails, as in public.
cp /usr/local/share/ca-certificates/*.crt "$extra/usr/local/share/ca-certificates/" 2> /dev/null || true
sources() {
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$(debian_mirror "$1")" "$2"
    printf 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n'
}
{
    sources debian "bookworm bookworm-updates"
    echo
    sources debian-security bookworm-security
} > "$extra/etc/apt/sources.list.d/debian.sources"

# $1 is for the hooks: the root that is being made
# shellcheck disable=SC2016
TMPDIR=$out mmdebstrap --quiet --variant=minbase --mode=root --include=usr-is-merged \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --customize-hook='rm -f "$1"/etc/apt/sources.list.d/* "$1"/etc/apt/sources.list' \
    --customize-hook="copy-in $extra/etc $extra/usr /" \
    --customize-hook='rm -rf "$1"/var/cache/apt/*.bin "$1"/var/cache/ldconfig/* "$1"/var/log/*.log "$1"/var/log/apt/* \
        "$1"/etc/resolv.conf "$1"/etc/hostname' \
    bookworm "$out/root.tar" "$extra/etc/apt/sources.list.d/debian.sources"

# The public image has nothing in the folder of the lists. mmdebstrap cleans it with apt, which leaves a lock
# and a folder there after the last hook.
tar --delete --wildcards --file="$out/root.tar" './var/lib/apt/lists/*'

# The slim image: no documentation but copyright files, no manual pages, no translations, now and later.
slim=$out/slim
mkdir "$slim"
tar -C "$slim" -xf "$out/root.tar"
cd "$slim"
{
    printf 'path-exclude /usr/share/%s/*\n' doc groff info linda lintian locale man
    printf 'path-include /usr/share/%s\n' 'doc/*/copyright' locale/locale.alias
} > etc/dpkg/dpkg.cfg.d/docker
find usr/share/doc -mindepth 1 ! -type d ! -name copyright -delete
find usr/share/doc -mindepth 1 -type d -empty -delete
find usr/share/locale -mindepth 1 ! -name locale.alias -delete
rm -rf usr/share/{groff,info,linda,lintian,man}/*
tar --numeric-owner --sort=name -cf "$out/slim.tar" .
cd "$out"
rm -rf "$slim" "$extra"
