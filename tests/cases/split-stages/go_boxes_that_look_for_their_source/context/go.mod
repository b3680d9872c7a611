module example.org/tides

go 1.22

require github.com/GeertJohan/go.rice v1.0.3
