package main

import (
	"fmt"
	"os"
)

func main() {
	steps, err := os.ReadDir("db/steps")
	if err != nil {
		panic(err)
	}
	fmt.Println(len(steps), "steps for", os.Getenv("DATABASE_URL"))
}
