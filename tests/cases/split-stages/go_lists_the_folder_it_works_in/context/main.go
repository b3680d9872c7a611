package main

import (
	"fmt"
	"os"
)

func main() {
	e, _ := os.ReadDir(".")
	fmt.Println(e)
}
