"""Django settings common to all stages."""
from pathlib import Path

from decouple import Csv, config

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = config("SECRET_KEY", default="django-insecure-8s0!k2p")  # want: CN302
ALLOWED_HOSTS = config("ALLOWED_HOSTS", cast=Csv())
SESSION_COOKIE_AGE = config("SESSION_COOKIE_AGE", default=86400, cast=int)  # ok: CN302 a duration

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": config("DB_NAME", default="portal"),  # ok: CN302 a name is no secret
        "USER": config("DB_USER"),
        "PASSWORD": config("DB_PASSWORD"),  # ok: CN302 no default
        "HOST": config("DB_HOST", default="localhost"),  # want: CN302
        "PORT": config("DB_PORT", default=5432, cast=int),  # ok: CN302 a port
    }
}

LANGUAGE_CODE = "en"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "portal"]
