#!/bin/sh
export CLASSPATH=/usr/src/out
exec java Tides
