import os

from clinic.settings.base import *  # noqa: F403

EMAIL_HOST = os.environ["EMAIL_HOST"]
SENTRY_TOKEN = os.environ.get("SENTRY_TOKEN", "c0ffee1234567890")  # want: CN302
