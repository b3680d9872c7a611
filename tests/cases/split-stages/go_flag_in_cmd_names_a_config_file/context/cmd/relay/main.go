package main

import (
	"flag"
	"log"

	"example.org/relay/internal/settings"
)

func main() {
	path := flag.String("config", "relay.yaml", "where the settings are")
	flag.Parse()
	s, err := settings.Read(*path)
	if err != nil {
		log.Fatal(err)
	}
	log.Println("listening on", s.Listen)
}
