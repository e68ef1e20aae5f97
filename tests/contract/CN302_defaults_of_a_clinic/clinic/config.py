import os

from pydantic import Field
from pydantic_settings import BaseSettings

BROKER = os.environ.get("BROKER_URL", "amqp://guest:guest@localhost:5672//")  # want: CN302
SIGNING_KEY = os.getenv("SIGNING_SECRET", "dev-secret-key")  # want: CN302
SENTRY_DSN = os.getenv("SENTRY_DSN", "")  # ok: CN302 empty is no working default
TIMEOUT = int(os.getenv("HTTP_TIMEOUT", "30"))  # ok: CN302 a duration
TOKEN_LIFETIME = int(os.getenv("TOKEN_LIFETIME_MINUTES", "60"))  # ok: CN302 a duration is no secret
BIND = os.getenv("BIND_HOST", "0.0.0.0")  # ok: CN302 where it listens


class Settings(BaseSettings):
    database_password: str = "postgres"  # want: CN302
    database_name: str = "clinic"
    admin_token: str = Field(...)
    retries: int = 3


def local_redis() -> str:
    if os.environ.get("ENVIRONMENT") == "development":
        return os.environ.get("REDIS_URL", "redis://localhost")  # ok: CN302 only in development
    return os.environ["REDIS_URL"]
