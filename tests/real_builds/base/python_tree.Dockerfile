# tag: imgfix-python-tree:3.11
# set: -
# context: python_prefix.sh
#
# What python:3.11 and its slim image put into /usr/local. As the public images are made: CPython's own
# source (the one in Debian's source package, without Debian's patches), compiled. That takes minutes, so
# a CPython 3.11 that this machine's pyenv has compiled already is taken instead where there is one.
FROM buildpack-deps:bookworm AS build
WORKDIR /src
COPY . .
RUN <<'EOF'
set -eux
if [ -d usr/local ]; then
    mkdir -p /out/usr
    cp -a usr/local /out/usr/
    exit
fi
apt-get update
apt-get install -y --no-install-recommends libbluetooth-dev tk-dev uuid-dev
sed -i 's/^Types: deb$/Types: deb-src/' /etc/apt/sources.list.d/debian.sources
apt-get update
# Only the upstream part is asked for.
apt-get source --download-only --tar-only python3.11
tar xf python3.11_*.orig.tar.*
cd Python-*
# Not optimised by profile: that takes ten times as long and changes nothing that is measured here.
./configure --quiet --enable-shared --without-static-libpython --without-ensurepip --disable-test-modules \
    CFLAGS='-O1 -w' LDFLAGS=-Wl,--strip-all
make --quiet -j "$(nproc)"
make --quiet install DESTDIR=/out > /dev/null
EOF
RUN <<'EOF'
set -eux
cd /out/usr/local/bin
ln -sf python3.11 python3
ln -sf python3 python
ln -sf python3.11-config python3-config
# Certificate authorities that the machine adds: pip looks only where it is told.
if ls /usr/local/share/ca-certificates/*.crt; then
    mkdir -p /out/etc/ssl/imgfix
    cp /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/imgfix/ca.pem
    printf '[global]\ncert = /etc/ssl/imgfix/ca.pem\n' > /out/etc/pip.conf
fi
cp -a /out/. /
ldconfig
python3 -m ensurepip
ln -sf pip3 pip
# ensurepip wrote to /usr/local here: what is new there belongs to the tree
cp -a /usr/local/bin/pip* .
cp -a /usr/local/lib/python3.11/site-packages /out/usr/local/lib/python3.11/
find /out -depth -name __pycache__ -exec rm -rf {} +
EOF

FROM scratch
COPY --from=build /out /
LABEL imgfix.standin="not a stand-in: CPython 3.11 for python:3.11"
