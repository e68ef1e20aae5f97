import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ["ENVIRONMENT"]
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "django-insecure-x1y2z3w4v5u6t7")  # want: CN302

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("DB_NAME", "clinic"),
        "PASSWORD": os.environ.get("DB_PASSWORD", "postgres"),  # want: CN302
    }
}

if ENVIRONMENT == "development":
    CACHE_URL = os.environ.get("CACHE_URL", "redis://localhost:6379/1")  # ok: CN302 in development only
else:
    CACHE_URL = os.environ["CACHE_URL"]

CONN_MAX_AGE = int(os.environ.get("CONN_MAX_AGE", "60"))  # ok: CN302 a duration
