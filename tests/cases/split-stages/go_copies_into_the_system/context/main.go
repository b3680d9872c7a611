package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	text, err := os.ReadFile("/etc/tide.conf")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.Write(text) })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
