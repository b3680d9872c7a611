package main

import ("fmt"; "io/fs"; "os")

func main() { m, _ := fs.Glob(os.DirFS("."), "*.html"); fmt.Println(m) }
