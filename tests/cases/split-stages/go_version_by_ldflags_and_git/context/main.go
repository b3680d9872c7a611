package main

import "fmt"

var channel, version = "?", "?"

func main() { fmt.Println("stamp", version, channel) }
