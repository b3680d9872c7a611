module example.org/feet

go 1.22
