package main

import (
	"flag"
	"fmt"
	"os"
)

const longest = "SELECT name || ' ' || km || ' km' FROM river ORDER BY km DESC LIMIT ?"

func main() {
	count := flag.Int("longest", 1, "how many rivers to list")
	flag.Parse()
	rows, err := query(os.Getenv("RIVERS_DB"), longest, *count)
	if err != nil {
		fmt.Fprintln(os.Stderr, "rivers:", err)
		os.Exit(1)
	}
	for _, row := range rows {
		fmt.Println(row)
	}
}
