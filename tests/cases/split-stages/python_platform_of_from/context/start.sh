#!/bin/bash
set -e
python manage.py migrate
exec gunicorn app:app
