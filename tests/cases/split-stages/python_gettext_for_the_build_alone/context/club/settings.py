SECRET_KEY = "none"
INSTALLED_APPS = ["club"]
