from invoke import run

run("git --version")
