package main

import (
	"log"
	"path/filepath"
	"plugin"
)

func main() {
	files, _ := filepath.Glob("plugins/*.so")
	for _, file := range files {
		if _, err := plugin.Open(file); err != nil {
			log.Fatal(err)
		}
	}
}
