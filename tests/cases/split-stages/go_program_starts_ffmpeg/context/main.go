package main

import (
	"flag"
	"log"
	"os/exec"
	"strconv"
)

func main() {
	width := flag.Int("width", 160, "")
	flag.Parse()
	for _, film := range flag.Args() {
		cmd := exec.Command("ffmpeg", "-i", film, "-vf", "thumbnail,scale="+strconv.Itoa(*width)+":-1", "-frames:v", "1", film+".png")
		if out, err := cmd.CombinedOutput(); err != nil {
			log.Fatalf("%s: %s", err, out)
		}
	}
}
