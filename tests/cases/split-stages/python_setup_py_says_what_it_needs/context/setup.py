from setuptools import setup

setup(
    name="tally",
    py_modules=["tally"],
    install_requires=["click>=8,<9", "flask"],
    entry_points={"console_scripts": ["tally=tally:main"]},
)
