// Package roman writes numbers as the Romans did.
package roman

import "strings"

var steps = []struct {
	value int
	sign  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"},
	{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
	{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

// Format writes a number above zero.
func Format(n int) string {
	var out strings.Builder
	for _, step := range steps {
		for ; n >= step.value; n -= step.value {
			out.WriteString(step.sign)
		}
	}
	return out.String()
}
