import os

from clinic.settings.base import *  # noqa: F403

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "only-for-development")  # ok: CN302 development settings
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")  # ok: CN302 development settings
