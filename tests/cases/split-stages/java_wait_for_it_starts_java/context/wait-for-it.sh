#!/usr/bin/env bash
WAITFORIT_CLI=("$@")
exec "${WAITFORIT_CLI[@]}"
