#!/usr/bin/env bash
# wait-for-it, cut short
while [ "$1" != "--" ]; do shift; done
shift
WAITFORIT_CLI=("$@")
exec "${WAITFORIT_CLI[@]}"
