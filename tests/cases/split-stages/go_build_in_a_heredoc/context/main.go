package main

import (
	"fmt"
	"os"
)

func main() {
	token, _ := os.ReadFile(os.Getenv("TOKEN_FILE"))
	fmt.Println(names[len(token)%len(names)])
}
