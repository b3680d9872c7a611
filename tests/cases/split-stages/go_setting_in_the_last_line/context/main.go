package main
import ("net"; "os")
func main() { net.LookupPort("tcp","imap"); os.ReadFile("/etc/services"); os.ReadFile("/etc/debian_version"); os.CreateTemp("","x"); os.UserHomeDir() }
