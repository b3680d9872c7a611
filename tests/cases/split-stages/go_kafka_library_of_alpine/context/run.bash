#!/usr/bin/env bash
set -euo pipefail
brokers=(kafka-0 kafka-1)
export BROKERS="${BROKERS:-$(IFS=,; echo "${brokers[*]}")}"
exec ./feeder
