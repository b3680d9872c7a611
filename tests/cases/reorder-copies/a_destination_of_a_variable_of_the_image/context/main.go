package main
import _ "golang.org/x/text"
func main() {}
