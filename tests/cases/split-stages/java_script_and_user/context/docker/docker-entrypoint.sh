#!/bin/sh
set -eu
case "$1" in
serve)
  exec java ${JAVA_OPTS:-} -jar /opt/orders/orders.jar
  ;;
*)
  exec "$@"
  ;;
esac
