package main

import (
	"log"
	"net/http"

	_ "modernc.org/sqlite"
)

func main() {
	http.HandleFunc("/up", func(w http.ResponseWriter, _ *http.Request) {})
	log.Fatal(http.ListenAndServe(":8090", nil))
}
