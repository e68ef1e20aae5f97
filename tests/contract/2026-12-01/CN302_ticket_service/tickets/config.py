import os
from os import environ, getenv

REDIS_URL = os.getenv("REDIS_URL", "redis://localhost:6379/0")  # want: CN302
DATABASE_URL = os.environ["DATABASE_URL"]  # ok: CN302 raises when it is missing
JWT_SECRET = environ.get("JWT_SECRET", "changeme")  # want: CN302
MAIL_PASSWORD = getenv("MAIL_PASSWORD")  # ok: CN302 None by default
SENTRY_DSN = getenv("SENTRY_DSN", "")  # ok: CN302 empty does not work
LISTEN_HOST = os.environ.get("LISTEN_HOST", "0.0.0.0")  # ok: CN302 the host it listens on
LISTEN_PORT = int(os.environ.get("LISTEN_PORT", "8080"))  # ok: CN302 a port
TOKEN_TTL = int(os.environ.get("TOKEN_TTL", "3600"))  # ok: CN302 a duration
PASSWORD_MIN_LENGTH = int(getenv("PASSWORD_MIN_LENGTH", "12"))  # ok: CN302 a limit
MAX_TOKENS = int(getenv("MAX_TOKENS", "4096"))  # ok: CN302 a limit
SMTP_HOST = environ.get("SMTP_HOST", default="localhost")  # want: CN302
LOG_LEVEL = getenv("LOG_LEVEL", "INFO")  # ok: CN302 no secret
WEBHOOK_TOKEN = getenv("WEBHOOK_TOKEN", None)  # ok: CN302 None


def admin_password() -> str:
    found = os.getenv("ADMIN_PASSWORD", "")  # ok: CN302 empty raises below
    if not found:
        raise RuntimeError("ADMIN_PASSWORD is not set")
    return found
