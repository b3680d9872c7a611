package main

import "testing"

func TestEncode(t *testing.T) {
	got, err := encode("Go 22")
	if err != nil || got != "--. --- / ..--- ..---" {
		t.Fatal(got, err)
	}
}
