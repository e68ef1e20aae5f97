import os

BROKER_URL = os.environ.get("BROKER_URL", "redis://localhost:6379/0")  # want: CN302
SMTP_HOST = os.getenv("SMTP_HOST", "localhost")  # want: CN302
SMTP_PASSWORD = os.getenv("SMTP_PASSWORD", "changeme")  # want: CN302
SMTP_USER = os.environ["SMTP_USER"]
API_TOKEN = os.getenv("API_TOKEN")  # ok: CN302 None is no working default
SIGNING_SECRET = os.getenv("SIGNING_SECRET", "")  # ok: CN302 empty does not work
LISTEN_HOST = os.environ.get("LISTEN_HOST", "0.0.0.0")  # ok: CN302 where it listens
LISTEN_PORT = int(os.environ.get("LISTEN_PORT", "8025"))  # ok: CN302 a port
TOKEN_LIFETIME_SECONDS = int(os.getenv("TOKEN_LIFETIME_SECONDS", "3600"))  # ok: CN302 a duration
MAX_TOKENS = int(os.getenv("MAX_TOKENS", "4096"))  # ok: CN302 a limit
LANGUAGE = os.getenv("MAIL_LANGUAGE", "en")  # ok: CN302 neither address nor secret
