package main

import ("fmt"; "path/filepath"; "os")

func main() { filepath.Walk(".", func(p string, i os.FileInfo, e error) error { fmt.Println(p); return nil }) }
