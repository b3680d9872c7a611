//go:build !roman

package main

import "strconv"

const flavour = "plain"

func format(n int) string { return strconv.Itoa(n) }
