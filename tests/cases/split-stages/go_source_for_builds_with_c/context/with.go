//go:build cgo

package main

const kind = "with"
