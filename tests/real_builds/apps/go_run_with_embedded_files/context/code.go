package main

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed tables/*.csv
var tables embed.FS

// code reads what stands for each character.
func code() (map[rune]string, error) {
	signs := map[rune]string{' ': "/"}
	for _, name := range []string{"letters", "figures"} {
		file, err := tables.Open("tables/" + name + ".csv")
		if err != nil {
			return nil, err
		}
		rows, err := csv.NewReader(file).ReadAll()
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			signs[[]rune(row[0])[0]] = row[1]
		}
	}
	return signs, nil
}

func encode(text string) (string, error) {
	signs, err := code()
	if err != nil {
		return "", err
	}
	var out []string
	for _, r := range strings.ToUpper(text) {
		sign, known := signs[r]
		if !known {
			return "", fmt.Errorf("there is no sign for %q", r)
		}
		out = append(out, sign)
	}
	return strings.Join(out, " "), nil
}
