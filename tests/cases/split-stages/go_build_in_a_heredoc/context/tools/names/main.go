package main

import "fmt"

func main() { fmt.Println("package main\n\nvar names = []string{\"ada\", \"grace\"}") }
