package main

import (
	"fmt"
	"os"
)

func main() {
	e, _ := os.ReadFile("README.md")
	f, _ := os.ReadFile("go.mod")
	fmt.Println(e, f)
}
