package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	root := os.Getenv("SITE_ROOT")
	if root == "" {
		root = "."
	}
	log.Fatal(http.ListenAndServe(":8080", http.FileServer(http.Dir(root))))
}
