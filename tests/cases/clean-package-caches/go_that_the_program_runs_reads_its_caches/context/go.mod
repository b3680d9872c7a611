module example.org/builder

go 1.22
