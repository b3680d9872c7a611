module x

go 1.22

require example.org/a v1.0.0
