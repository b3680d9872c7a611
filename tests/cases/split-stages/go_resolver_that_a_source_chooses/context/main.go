//go:debug netdns=cgo
package main

import (
	"fmt"
	"net"
)

func main() {
	fmt.Println(net.LookupHost("example.org"))
}
