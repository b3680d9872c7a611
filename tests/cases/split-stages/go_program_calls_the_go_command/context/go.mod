module example.org/depgraph

go 1.22
