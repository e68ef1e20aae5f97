"""Settings of the bike rental back end, from the environment."""
from __future__ import annotations

import os

DEBUG = os.environ.get("RENTAL_DEBUG") == "1"

BROKER_URL = os.environ.get("RENTAL_BROKER_URL", "amqp://guest:guest@localhost:5672//")  # want: CN302
SIGNING_SECRET = os.getenv("RENTAL_SIGNING_SECRET", "changeme")  # want: CN302
DATABASE_PASSWORD = os.environ.get("RENTAL_DATABASE_PASSWORD") or "rental"  # want: CN302
SMTP_PASSWORD = os.environ["RENTAL_SMTP_PASSWORD"]  # ok: CN302 must be set
MAPS_TOKEN = os.environ.get("RENTAL_MAPS_TOKEN", "")  # ok: CN302 empty does not work
SENTRY_DSN = os.environ.get("RENTAL_SENTRY_DSN", None)  # ok: CN302 None

TOKEN_LIFETIME = int(os.environ.get("RENTAL_TOKEN_LIFETIME", "3600"))  # ok: CN302 a duration
PASSWORD_MIN_LENGTH = int(os.environ.get("RENTAL_PASSWORD_MIN_LENGTH", "12"))  # ok: CN302 a limit
LISTEN_HOST = os.environ.get("RENTAL_LISTEN_HOST", "0.0.0.0")  # ok: CN302 listens everywhere
LISTEN_PORT = int(os.environ.get("RENTAL_LISTEN_PORT", "8080"))  # ok: CN302 a port
LOG_LEVEL = os.environ.get("RENTAL_LOG_LEVEL", "INFO")  # ok: CN302 neither secret nor address

if DEBUG:
    CACHE_URL = os.environ.get("RENTAL_CACHE_URL", "redis://localhost:6379/3")  # ok: CN302 only in the debug branch
else:
    CACHE_URL = os.environ["RENTAL_CACHE_URL"]
