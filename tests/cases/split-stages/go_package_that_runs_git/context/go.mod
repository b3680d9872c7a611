module example.org/tides

go 1.22

require github.com/hashicorp/go-getter v1.7.5
