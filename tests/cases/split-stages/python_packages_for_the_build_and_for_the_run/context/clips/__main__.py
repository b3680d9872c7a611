import pathlib
import subprocess
import sys

import magic

PRESETS = pathlib.Path("/etc/clips/presets")


def convert(film):
    if magic.from_file(str(film), mime=True).startswith("video/"):
        preset = (PRESETS / "small.txt").read_text().split()
        subprocess.run(["ffmpeg", "-i", str(film), *preset, f"{film}.webm"], check=True)


for film in pathlib.Path(sys.argv[-1]).iterdir():
    convert(film)
