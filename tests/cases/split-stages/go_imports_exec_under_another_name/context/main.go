package main

import (
	. "os/exec"
)

func main() { Command("git", "x").Run() }
