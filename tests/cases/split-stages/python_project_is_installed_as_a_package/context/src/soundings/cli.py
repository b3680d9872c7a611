from importlib.resources import files

from rich import print


def main():
    print(files("soundings").joinpath("tables/depths.csv").read_text())
