import os
SECRET_KEY=os.environ['SECRET_KEY']
STATIC_ROOT='/var/www/static'
MEDIA_ROOT='/code/media'
