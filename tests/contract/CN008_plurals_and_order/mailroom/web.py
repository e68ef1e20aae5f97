import os


def is_allowed(host: str) -> bool:
    return host in os.environ.get("MAILROOM_ALLOWED_HOST", "").split(",")  # want: CN008 MAILROOM_ALLOWED_HOSTS
