python manage.py migrate
python manage.py collectstatic --noinput
exec gunicorn app.wsgi --bind 0.0.0.0:8000
