package main

import (
	"flag"
	"log"
	"net/http"
)

func main() {
	folder := flag.String("folder", ".", "what is served")
	flag.Parse()
	http.Handle("/", http.FileServer(http.Dir(*folder)))
	log.Fatal(http.ListenAndServe(":8080", nil))
}
