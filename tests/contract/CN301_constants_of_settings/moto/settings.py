import os

MEDIA_BUCKET = os.environ["MOTO_MEDIA_BUCKET"]
DEBUG = os.environ.get("MOTO_DEBUG") == "1"


def mail_from() -> str:
    return os.environ.get("MOTO_MAIL_FROM", "moto@example.org")
