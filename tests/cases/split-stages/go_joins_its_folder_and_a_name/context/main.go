package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	text, err := os.ReadFile(filepath.Join("/app", os.Getenv("STATION")))
	fmt.Println(string(text), err)
}
