package main

import (
	"fmt"
	"os"
)

func main() {
	e, _ := os.ReadFile(fmt.Sprintf("%s.yml", os.Getenv("L")))
	fmt.Println(e)
}
