#!/bin/sh
docker compose up -d
docker exec -it server_web_1 sequelize db:migrate
