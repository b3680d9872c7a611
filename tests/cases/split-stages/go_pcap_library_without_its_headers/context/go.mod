module example.org/listen

go 1.22

require github.com/google/gopacket v1.1.19
