package main

import (
	"fmt"
	"os/exec"
)

// Tests put another one in its place.
var start = exec.Command

func main() {
	out, err := start("git", "version").Output()
	fmt.Println(string(out), err)
}
