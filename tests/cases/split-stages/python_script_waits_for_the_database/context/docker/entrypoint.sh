#!/bin/sh
set -e

until nc -z "$DB_HOST" "$DB_PORT"; do
  sleep 0.5
done

python manage.py migrate --noinput
exec "$@"
