"""Settings of the servers."""
from decouple import config

from portal.settings.base import *  # noqa: F403

DEBUG = False
SECURE_SSL_REDIRECT = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = config("SECURE_HSTS_SECONDS", default=31536000, cast=int)
VIDEO_API_TOKEN = config("VIDEO_API_TOKEN", default="c1f0a94be2d7431f")  # want: CN302
VIDEO_TOKENS_PER_CLASS = config("VIDEO_TOKENS_PER_CLASS", default=30, cast=int)  # ok: CN302 a limit
