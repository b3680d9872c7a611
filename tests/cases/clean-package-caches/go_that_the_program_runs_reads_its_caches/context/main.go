package main

import (
	"os"
	"os/exec"
)

func main() {
	build := exec.Command("go", "build", "-o", os.Args[1], "./agent")
	build.Run()
}
