package main

import (
	"flag"
	"log"
	"os/exec"

	"github.com/google/gopacket/pcap"
)

func main() {
	iface := flag.String("i", "eth0", "")
	flag.Parse()
	if out, err := exec.Command("tcpdump", "--version").CombinedOutput(); err == nil {
		log.Printf("%s", out)
	}
	handle, err := pcap.OpenLive(*iface, 262144, true, pcap.BlockForever)
	if err != nil {
		log.Fatal(err)
	}
	defer handle.Close()
}
