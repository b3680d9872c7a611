package main

import (
	"log"
	"os"

	"github.com/joho/godotenv"
)

func main() {
	if err := godotenv.Load(); err != nil {
		log.Println("no .env")
	}
	if os.Getenv("TOKEN") == "" {
		log.Fatal("TOKEN is missing")
	}
	select {}
}
