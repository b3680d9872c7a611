package main

import (
	"bufio"
	"fmt"
	"hash/crc32"
	"html/template"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"example.org/clock"
)

type train struct{ Time, To string }

func departures(path string) ([]train, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var trains []train
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		moment, to, _ := strings.Cut(lines.Text(), " ")
		at, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			return nil, err
		}
		local, err := clock.In("Europe/Lisbon", at)
		if err != nil {
			return nil, err
		}
		trains = append(trains, train{local, to})
	}
	return trains, lines.Err()
}

func main() {
	board := template.Must(template.ParseGlob("templates/*.html"))
	style, err := os.ReadFile("assets/board.css")
	if err != nil {
		log.Fatal(err)
	}
	version := fmt.Sprintf("%08x", crc32.ChecksumIEEE(style))
	http.Handle("/assets/", http.StripPrefix("/assets/", http.FileServer(http.Dir("assets"))))
	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		trains, err := departures("departures.txt")
		if err == nil {
			err = board.ExecuteTemplate(w, "board.html", map[string]any{"Version": version, "Trains": trains})
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
