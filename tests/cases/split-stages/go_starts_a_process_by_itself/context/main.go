package main

import ("os")

func main() { os.StartProcess("/usr/bin/git", []string{"git", "version"}, &os.ProcAttr{}) }
