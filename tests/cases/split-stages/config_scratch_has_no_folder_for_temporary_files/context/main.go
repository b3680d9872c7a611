package main

import (
	"net/http"
	"os"
)

func main() {
	os.CreateTemp("", "tide")
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("tide")) })
	http.ListenAndServe(":8080", nil)
}
