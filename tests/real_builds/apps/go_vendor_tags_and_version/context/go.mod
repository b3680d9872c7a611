module example.org/numerals

go 1.22

require example.org/roman v1.1.0
