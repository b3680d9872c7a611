package main

import (
	"fmt"

	"example.org/note"
)

func main() {
	fmt.Println(note.Text)
}
