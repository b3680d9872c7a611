package main

import (
	"encoding/json"
	"html/template"
	"log"
	"net/http"
	"os"
	"path/filepath"
)

var pages = template.Must(template.ParseGlob("templates/*.html"))

func main() {
	http.Handle("/static/", http.StripPrefix("/static/", http.FileServer(http.Dir("static"))))
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		text, err := os.ReadFile(filepath.Join("data", "lines.json"))
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		var lines []string
		json.Unmarshal(text, &lines)
		pages.ExecuteTemplate(w, "board.html", lines)
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
