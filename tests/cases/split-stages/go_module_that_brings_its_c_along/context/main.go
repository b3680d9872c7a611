package main

import (
	"fmt"
	"layeh.com/gopus"
)

func main() {
	encoder, err := gopus.NewEncoder(48000, 2, gopus.Audio)
	fmt.Println(encoder, err)
}
