module example.org/namer

go 1.25
