from os import path, system

system("git --version")
