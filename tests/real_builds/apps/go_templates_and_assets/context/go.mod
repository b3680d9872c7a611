module example.org/timetable

go 1.22

require example.org/clock v0.0.0

replace example.org/clock => ./clock
