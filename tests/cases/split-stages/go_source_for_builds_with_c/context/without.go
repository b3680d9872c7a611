//go:build !cgo

package main

const kind = "without"
