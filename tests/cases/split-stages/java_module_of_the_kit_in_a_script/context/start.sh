#!/bin/sh
exec java --add-modules jdk.jdi -jar target/lens-1.jar
