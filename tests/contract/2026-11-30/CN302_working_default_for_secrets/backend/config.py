import os

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")  # want: CN302
SECRET_KEY = os.getenv("SECRET_KEY", "dev-secret-change-me")  # want: CN302
DB_PASSWORD = os.getenv("DB_PASSWORD") or "postgres"  # want: CN302
API_PORT = int(os.getenv("API_PORT", "8000"))
LISTEN_HOST = os.getenv("LISTEN_HOST", "0.0.0.0")
TOKEN_LIFETIME = int(os.getenv("TOKEN_LIFETIME_SECONDS", "3600"))
SENTRY_DSN = os.getenv("SENTRY_DSN", "")
JWT_SECRET = os.environ.get("JWT_SECRET", None)
