package main

import (
	"html/template"
	"log"
	"net/http"
	"path/filepath"
	"runtime"
)

func main() {
	_, file, _, _ := runtime.Caller(0)
	pages := template.Must(template.ParseGlob(filepath.Join(filepath.Dir(file), "pages", "*.html")))
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { pages.Execute(w, nil) })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
