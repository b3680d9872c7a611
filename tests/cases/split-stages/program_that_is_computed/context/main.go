package main

import (
	"net/http"
	"os"
	"os/exec"
)

func main() {
	exec.Command(os.Getenv("CONVERTER"), "-v").Run()
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("tide")) })
	http.ListenAndServe(":8080", nil)
}
