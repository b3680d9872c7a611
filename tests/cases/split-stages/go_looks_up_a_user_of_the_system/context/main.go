package main
import ("time"; "os/user"; "mime")
func main() { time.LoadLocation("Europe/Berlin"); user.Lookup("www-data"); mime.TypeByExtension(".docx") }
