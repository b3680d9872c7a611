package main

var names = []string{"nobody"}
