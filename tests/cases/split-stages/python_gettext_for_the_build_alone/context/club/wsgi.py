from django.utils.translation import gettext
