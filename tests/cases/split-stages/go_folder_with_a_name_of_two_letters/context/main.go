package main

import (
	"embed"
	"io/fs"
	"log"
	"net/http"
	"os"
)

//go:embed ui
var built embed.FS

func main() {
	var files fs.FS = built
	if os.Getenv("LIVE") != "" {
		files = os.DirFS("ui")
	}
	log.Fatal(http.ListenAndServe(":8080", http.FileServer(http.FS(files))))
}
