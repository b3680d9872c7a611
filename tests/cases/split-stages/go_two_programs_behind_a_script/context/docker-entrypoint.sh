#!/bin/sh
set -e
cd /app
./migrate
exec ./server
