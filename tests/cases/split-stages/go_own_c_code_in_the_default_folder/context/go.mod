module example.org/crc

go 1.22
