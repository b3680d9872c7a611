package main

import (
	"log"
	"github.com/hashicorp/go-getter"
)

func main() {
	log.Fatal(getter.Get("/tmp/tides", "git::https://example.org/tides.git"))
}
