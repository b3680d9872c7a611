module example.org/greet

go 1.22

require example.org/note v1.0.0

replace example.org/note => ./note
