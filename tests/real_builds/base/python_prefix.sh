#!/usr/bin/env bash
# python_prefix.sh FOLDER: puts usr/local there, with a CPython 3.11 that pyenv has compiled on this
# machine, as if it had been compiled for /usr/local. Puts nothing there where there is none.
set -euo pipefail
out=$1/usr/local
from=$(find "${PYENV_ROOT:-$HOME/.pyenv}/versions" -mindepth 1 -maxdepth 1 -name '3.11.*' 2> /dev/null | sort -V | tail -1) || true
# a shared library, as the public images have it
[ -e "${from:-/none}/lib/libpython3.11.so.1.0" ] || exit 0

mkdir -p "$out/bin" "$out/include" "$out/lib/python3.11/site-packages"
cp -a "$from"/bin/python3.11{,-config} "$out/bin/"
cp -a "$from/include/python3.11" "$out/include/"
cp -a "$from"/lib/libpython3*.so* "$out/lib/"
tar -C "$from/lib" --exclude=__pycache__ --exclude='site-packages/*' --exclude=test --exclude=tests --exclude='*.a' \
    -cf - python3.11 | tar -C "$out/lib" -xf -
find "$out" \( -name '*.so' -o -name '*.so.*' -o -path '*/bin/python3.11' \) -type f -exec strip --strip-unneeded {} +
grep -rlIF "$from" "$out" | xargs -r sed -i "s#$from#/usr/local#g"
