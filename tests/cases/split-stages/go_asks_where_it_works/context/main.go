package main

import ("net/http"; "os")

func main() { d, _ := os.Getwd(); http.ListenAndServe(":80", http.FileServer(http.Dir(d))) }
