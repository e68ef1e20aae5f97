import os

ALLOWED_HOSTS = os.environ.get("MAILROOM_ALLOWED_HOSTS", "").split(",")
DATABASE_URL = os.environ["MAILROOM_DATABASE_URL"]
SMTP_HOST = os.environ.get("SMTP_HOST")
SMTP_PORT = os.environ.get("SMTP_PORT")
SMTP_USER = os.environ.get("SMTP_USER")
