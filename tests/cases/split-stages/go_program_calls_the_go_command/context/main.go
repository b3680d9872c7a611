package main

import (
	"log"
	"net/http"
	"os/exec"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		out, err := exec.Command("go", "list", "-m", "-json", r.URL.Query().Get("module")).Output()
		if err != nil {
			http.Error(w, err.Error(), 502)
			return
		}
		w.Write(out)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
