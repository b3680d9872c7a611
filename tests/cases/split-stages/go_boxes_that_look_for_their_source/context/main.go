package main

import (
	"log"
	"net/http"

	rice "github.com/GeertJohan/go.rice"
)

func main() {
	box := rice.MustFindBox("public")
	log.Fatal(http.ListenAndServe(":8080", http.FileServer(box.HTTPBox())))
}
