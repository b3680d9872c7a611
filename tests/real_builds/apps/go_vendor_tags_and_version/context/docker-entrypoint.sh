#!/bin/sh
set -e

# Only flags are given: they are for the program.
if [ "${1#-}" != "$1" ]; then
    set -- numerals "$@"
fi

NUMERALS_BY=$(id -un)
export NUMERALS_BY
exec "$@"
