package main

import (
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/lib/pq"
)

func main() {
	folder := strings.TrimPrefix(os.Getenv("MIGRATIONS"), "file://")
	steps, err := filepath.Glob(filepath.Join(folder, "*.sql"))
	if err != nil {
		log.Fatal(err)
	}
	log.Println(pq.Name, "has", len(steps), "steps to go")
	log.Fatal(http.ListenAndServe(":8181", nil))
}
