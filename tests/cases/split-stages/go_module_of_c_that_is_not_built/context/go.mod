module example.org/tide

go 1.22

require github.com/mattn/go-isatty v0.0.20
