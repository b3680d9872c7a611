package main

import (
	"embed"
	"flag"
	"fmt"
	"text/template"
	"os"
)

//go:embed templates/*.txt
var files embed.FS

//go:embed data/months.txt
var months string

func main() {
	month := flag.Int("month", 1, "")
	flag.Parse()
	t := template.Must(template.ParseFS(files, "templates/*.txt"))
	fmt.Println(len(months))
	t.ExecuteTemplate(os.Stdout, "month.txt", *month)
}
