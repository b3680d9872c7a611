#!/bin/sh
here=$(dirname "$0")
exec java -Xmx@memory@ -jar "$here/lib/letters.jar" "$@"
