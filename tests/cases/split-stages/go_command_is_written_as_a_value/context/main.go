package main

import (
	"fmt"
	"os/exec"
)

func main() {
	command := exec.Cmd{Path: "/usr/bin/git", Args: []string{"git", "version"}}
	fmt.Println(command.Run())
}
