package main

import "testing"

func TestPages(t *testing.T) {
	if pages.Lookup("board.html") == nil {
		t.Fatal("no page")
	}
}
