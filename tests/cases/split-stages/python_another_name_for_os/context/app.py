import os as system

system.popen("git --version")
