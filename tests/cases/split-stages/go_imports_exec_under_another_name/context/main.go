package main

import (
	. "os/exec"
)

func main() { Command("git", "version").Run() }
