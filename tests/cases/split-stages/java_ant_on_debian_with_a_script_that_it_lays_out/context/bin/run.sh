#!/bin/sh
here=$(dirname "$0")
exec java -Xmx32m -jar "$here/lib/letters.jar" "$@"
