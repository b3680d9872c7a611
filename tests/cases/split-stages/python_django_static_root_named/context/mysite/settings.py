import os
SECRET_KEY=os.environ['SECRET_KEY']
INSTALLED_APPS=['django.contrib.staticfiles','mysite']
STATIC_URL='static/'
STATIC_ROOT='/var/www/static'
MEDIA_ROOT='/code/media'
