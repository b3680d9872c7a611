package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	zone, err := time.LoadLocation(os.Getenv("TZ"))
	if err != nil {
		panic(err)
	}
	for {
		fmt.Println("report of", time.Now().In(zone).Format(time.DateOnly))
		time.Sleep(time.Hour)
	}
}
