package main

import "github.com/gin-gonic/gin"

func main() { r := gin.Default(); r.Static("/s", "./"); r.StaticFile("/", "index.html"); r.Run() }
