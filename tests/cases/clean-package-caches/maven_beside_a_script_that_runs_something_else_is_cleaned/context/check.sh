#!/bin/sh
test -f target/app.jar
