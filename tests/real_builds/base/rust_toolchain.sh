#!/usr/bin/env bash
# rust_toolchain.sh FOLDER: puts usr/local/rustup and usr/local/cargo there, with the toolchain that
# rustup has installed on this machine: who tests imgfix has one.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR/.. source=lib.sh
. "$(dirname "$(readlink -f "$0")")/../lib.sh"
usr=$1/usr/local
from=$(rustc --print sysroot 2> /dev/null) || cannot "needs rustc"
rustup=$(command -v rustup) || cannot "needs a toolchain that rustup installed"
name=$(rustc --version | cut -d ' ' -f 2)-$(rustc -vV | sed -n 's/^host: //p')

mkdir -p "$usr/rustup/toolchains/$name" "$usr/cargo/bin"
tar -C "$from" --exclude=./share -cf - . | tar -C "$usr/rustup/toolchains/$name" --no-same-owner -xf -
printf 'default_toolchain = "%s"\nprofile = "minimal"\nversion = "12"\n\n[overrides]\n' "$name" > "$usr/rustup/settings.toml"
cp -L "$rustup" "$usr/cargo/bin/rustup"
for program in "$from"/bin/*; do
    ln -s rustup "$usr/cargo/bin/$(basename "$program")"
done
# any user may add to them, as in the public image
chmod -R a+w "$usr/rustup" "$usr/cargo"
