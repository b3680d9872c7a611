#!/bin/sh
# settings come from the secret store of the cluster
eval "$(cat /run/config/start.env)"
for step in $BEFORE_START; do
  eval "$step"
done
exec gunicorn --bind 0.0.0.0:5000 app:app
