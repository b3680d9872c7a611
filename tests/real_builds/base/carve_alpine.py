"""carve_alpine.py FROM TO: copies the packages of the public alpine image out of a larger Alpine.

What belongs to a package is read from the database that apk keeps; everything else stays behind.
"""

import os
import shutil
import stat
import sys

SOURCE, TARGET = sys.argv[1:3]
DATABASE = next(
    path
    for path in ("usr/lib/apk/db/installed", "lib/apk/db/installed")
    if os.path.exists(os.path.join(SOURCE, path))
)
# what `apk info` says in the public image
PACKAGES = set(
    """alpine-baselayout alpine-baselayout-data alpine-keys alpine-release apk-tools busybox
    busybox-binsh ca-certificates-bundle libapk libcrypto3 libssl3 musl musl-utils scanelf ssl_client
    zlib""".split()
)
WORLD = "alpine-baselayout\nalpine-keys\nalpine-release\napk-tools\nbusybox\nmusl-utils\n"


def copy(path):
    """Copies one file, link or folder, and the folders above it, with owner and mode."""
    source, target = os.path.join(SOURCE, path), os.path.join(TARGET, path)
    if not os.path.lexists(source) or os.path.lexists(target):
        return
    if os.path.dirname(path):
        copy(os.path.dirname(path))
    state = os.lstat(source)
    if stat.S_ISLNK(state.st_mode):
        os.symlink(os.readlink(source), target)
    elif stat.S_ISDIR(state.st_mode):
        os.mkdir(target)
    else:
        shutil.copy2(source, target)
    os.lchown(target, state.st_uid, state.st_gid)
    if not stat.S_ISLNK(state.st_mode):
        os.chmod(target, stat.S_IMODE(state.st_mode))


def paths(block):
    """The package's name and its paths: lines are a letter, a colon and a value."""
    name, folder, found = None, "", []
    for line in block.split("\n"):
        key, value = line[0], line[2:]
        if key == "P":
            name = value
        elif key == "F":
            folder = value
            found.append(folder)
        elif key == "R":
            found.append(os.path.join(folder, value))
    return name, found


with open(os.path.join(SOURCE, DATABASE), encoding="utf-8") as file:
    blocks = file.read().strip().split("\n\n")
kept = []
for block in blocks:
    name, found = paths(block)
    if name in PACKAGES:
        PACKAGES.remove(name)
        kept.append(block)
        for path in found:
            copy(path)
if PACKAGES:
    sys.exit(f"not found: {sorted(PACKAGES)}")

# the links to busybox belong to no package: its installation makes them
for folder in ("bin", "sbin", "usr/bin", "usr/sbin"):
    if os.path.islink(os.path.join(SOURCE, folder)):
        continue
    for name in os.listdir(os.path.join(SOURCE, folder)):
        path = os.path.join(folder, name)
        full = os.path.join(SOURCE, path)
        if os.path.islink(full) and os.readlink(full).endswith("bin/busybox"):
            copy(path)
for folder in ("dev", "proc", "root", "run", "sys", "tmp", "var/tmp"):
    os.makedirs(os.path.join(TARGET, folder), exist_ok=True)
for folder in ("tmp", "var/tmp"):
    os.chmod(os.path.join(TARGET, folder), 0o1777)

# apk's own state, for these packages only
state = os.path.dirname(DATABASE)
for path in ("etc/passwd", "etc/group", "etc/shadow", "etc/apk/arch", "etc/apk/repositories"):
    copy(path)
for name in ("lock", "scripts.tar.gz", "triggers"):
    copy(os.path.join(state, name))
os.makedirs(os.path.join(TARGET, state), exist_ok=True)
with open(os.path.join(TARGET, DATABASE), "w", encoding="utf-8") as file:
    file.write("\n\n".join(kept) + "\n\n")
with open(os.path.join(TARGET, "etc/apk/world"), "w", encoding="utf-8") as file:
    file.write(WORLD)
