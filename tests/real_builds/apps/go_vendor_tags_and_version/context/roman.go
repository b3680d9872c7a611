//go:build roman

package main

import "example.org/roman"

const flavour = "roman"

func format(n int) string { return roman.Format(n) }
