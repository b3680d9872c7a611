package main

import "os"

func main() { os.ReadFile("/etc/app/" + os.Getenv("F")) }
