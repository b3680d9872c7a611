package main

import (
	"flag"
	"fmt"
	"os"
)

// The linker sets it.
var version = "unknown"

func main() {
	show := flag.Bool("version", false, "tell the version")
	count := flag.Int("count", 0, "the number to write")
	flag.Parse()
	if *show {
		fmt.Printf("numerals %s (%s)\n", version, flavour)
		return
	}
	if *count < 1 {
		fmt.Fprintln(os.Stderr, "numerals: a number above zero, please")
		os.Exit(2)
	}
	fmt.Printf("%s from %s\n", format(*count), os.Getenv("NUMERALS_BY"))
}
