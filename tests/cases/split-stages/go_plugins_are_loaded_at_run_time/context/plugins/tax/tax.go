package main

var Rate = 0.21

func main() {}
