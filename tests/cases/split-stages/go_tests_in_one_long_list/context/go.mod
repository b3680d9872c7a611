module example.org/bells

go 1.22
