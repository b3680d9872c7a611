package main

import (
	"log"
	"net/http"

	"github.com/joho/godotenv"
	"github.com/spf13/viper"
)

func main() {
	godotenv.Load()
	viper.SetConfigName("config")
	viper.AddConfigPath(".")
	viper.AddConfigPath("./conf")
	viper.SetEnvPrefix("toll")
	viper.AutomaticEnv()
	if err := viper.ReadInConfig(); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(viper.GetString("listen"), nil))
}
