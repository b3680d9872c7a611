module e.org/a

go 1.22
