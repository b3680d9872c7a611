#!/bin/sh
here=$(dirname "$0")
exec java -Xmx32m -cp /opt/letters/build letters.Letters "$@"
