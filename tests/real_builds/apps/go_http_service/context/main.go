package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{unit}/{count}", func(w http.ResponseWriter, r *http.Request) {
		text, err := inMetres(r.PathValue("unit"), r.PathValue("count"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		fmt.Fprintln(w, text)
	})
	log.Println("listening on 8491")
	log.Fatal(http.ListenAndServe(":8491", mux))
}
