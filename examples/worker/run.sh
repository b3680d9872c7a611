#!/bin/sh
set -eu
exec jobctl run "$@"
