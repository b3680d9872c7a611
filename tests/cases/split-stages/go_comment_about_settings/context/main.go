package main
// err := godotenv.Load(".env")
func main() { println(1) }
