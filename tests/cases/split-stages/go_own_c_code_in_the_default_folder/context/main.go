package main

/*
#include <stdint.h>
static uint32_t fold(uint32_t a, uint32_t b) { return (a << 3) ^ b; }
*/
import "C"

import (
	"fmt"
	"os"
)

func main() {
	table, err := os.ReadFile("tables/ccitt.txt")
	if err != nil {
		panic(err)
	}
	var sum C.uint32_t
	for _, b := range table {
		sum = C.fold(sum, C.uint32_t(b))
	}
	fmt.Println(uint32(sum))
}
