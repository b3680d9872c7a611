package main

import "fmt"

//go:generate stringer -type=Tide
type Tide int

const (
	High Tide = iota
	Low
)

func main() { fmt.Println(Low) }
