package main

import (
	"log"
	"os"
	"time"

	"github.com/joho/godotenv"
)

func main() {
	if err := godotenv.Load(); err != nil {
		log.Println("no .env")
	}
	if os.Getenv("TOKEN") == "" {
		log.Fatal("TOKEN is missing")
	}
	for {
		time.Sleep(time.Hour)
	}
}
