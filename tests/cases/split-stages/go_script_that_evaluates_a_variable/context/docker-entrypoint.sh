#!/bin/sh
set -e
eval "$BEFORE"
exec ./server
