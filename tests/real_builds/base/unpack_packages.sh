#!/bin/sh
# unpack_packages.sh PACKAGE...: unpacks Debian packages into /out, as distroless images are made:
# nothing is configured, no manual pages, the package's data in /var/lib/dpkg/status.d.
set -eu
mkdir -p /out/var/lib/dpkg/status.d /debs
cd /debs
apt-get -qq update
apt-get -qq download -o APT::Sandbox::User=root "$@"
for deb in *.deb; do
    # links to folders that another package has made stay links
    dpkg-deb --fsys-tarfile "$deb" | tar -C /out --keep-directory-symlink -xf -
    dpkg-deb --field "$deb" > "/out/var/lib/dpkg/status.d/${deb%%_*}"
done
cd /out/usr/share
rm -rf bug info lintian man
[ ! -d doc ] || find doc -type f ! -name copyright -delete
