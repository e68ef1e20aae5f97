import os

DEBUG = os.environ.get("DEBUG") == "1"  # ok: CN302 dev branch, dev settings, tests, None

if DEBUG:
    SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-development")
else:
    SECRET_KEY = os.environ["SECRET_KEY"]

CACHE_URL = os.environ.get("CACHE_URL")
TIMEOUT = os.environ.get("HTTP_TIMEOUT", "30")
LOG_FORMAT = os.environ.get("LOG_FORMAT", "json")
PASSWORD_MIN_LENGTH = int(os.environ.get("PASSWORD_MIN_LENGTH", "12"))
