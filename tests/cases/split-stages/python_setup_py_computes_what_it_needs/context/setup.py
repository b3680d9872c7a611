from setuptools import setup

setup(
    name="tally",
    py_modules=["tally"],
    install_requires=open("requires.txt").read().split(),
    entry_points={"console_scripts": ["tally=tally:main"]},
)
