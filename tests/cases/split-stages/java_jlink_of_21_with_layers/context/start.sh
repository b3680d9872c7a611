#!/bin/sh
set -e
exec java -jar /srv/parcels/parcels.jar "$@"
