package main

import (
	"log"
	"net/http"
	"os"
	"time"
)

func main() {
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		log.Fatal(err)
	}
	log.Println("it is", time.Now().In(zone), "and the state is in", os.Getenv("STATE"))
	log.Fatal(http.ListenAndServe(":6000", nil))
}
