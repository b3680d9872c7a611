package main

import (
	_ "crypto/tls/fipsonly"
	"fmt"
)

func main() { fmt.Println("high water") }
