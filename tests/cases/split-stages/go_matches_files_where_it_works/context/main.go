package main

import ("fmt"; "path/filepath")

func main() { m, _ := filepath.Glob("*.html"); fmt.Println(m) }
