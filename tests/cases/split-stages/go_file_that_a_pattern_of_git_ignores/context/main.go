package main
import ("log"; "os")
func main() { if _, err := os.ReadFile("serviceAccount.json"); err != nil { log.Fatal(err) } }
