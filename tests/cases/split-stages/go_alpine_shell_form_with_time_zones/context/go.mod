module example.org/nightly

go 1.23
