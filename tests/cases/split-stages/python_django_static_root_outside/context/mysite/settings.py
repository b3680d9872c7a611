import os
SECRET_KEY=os.environ.get('SECRET_KEY','none')
INSTALLED_APPS=['django.contrib.staticfiles','mysite']
STATIC_URL='static/'
STATIC_ROOT=os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),'static')
