import os

DATABASE_POOL_SIZE = int(os.environ.get("DATABASE_POOL_SIZE", "5"))
ALLOWED_ORIGINS = os.environ.get("ALLOWED_ORIGINS", "").split(",")
CACHE_HOST = os.environ.get("CACHE_HOST")
MAIL_SENDER = os.environ.get("MAIL_SENDER")
