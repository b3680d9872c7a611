module example.org/rivers

go 1.22
