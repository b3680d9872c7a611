package main

import "os"

func main() { os.ReadDir("/etc/app") }
