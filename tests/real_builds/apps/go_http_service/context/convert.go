package main

import (
	"fmt"
	"strconv"
)

type unit struct {
	short  string
	metres float64
}

var units = map[string]unit{
	"inches":   {"in", 0.0254},
	"feet":     {"ft", 0.3048},
	"furlongs": {"fur", 201.168},
}

// inMetres says how long so many of a unit are.
func inMetres(name, count string) (string, error) {
	u, known := units[name]
	if !known {
		return "", fmt.Errorf("no unit is called %q", name)
	}
	n, err := strconv.ParseFloat(count, 64)
	if err != nil {
		return "", fmt.Errorf("%q is no number", count)
	}
	return fmt.Sprintf("%g %s are %.3f m", n, u.short, n*u.metres), nil
}
