package main

import "testing"

func TestInMetres(t *testing.T) {
	got, err := inMetres("furlongs", "2")
	if err != nil || got != "2 fur are 402.336 m" {
		t.Fatal(got, err)
	}
	if _, err := inMetres("feet", "many"); err == nil {
		t.Fatal("a word is taken for a number")
	}
}
