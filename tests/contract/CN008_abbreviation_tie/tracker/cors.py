import os


def allowed(origin: str) -> bool:
    return origin in os.environ.get("ALLOWED_ORIGIN", "").split(",")  # want: CN008


def cached_by() -> list[str]:
    return os.environ.get("CACHE_HOSTS", "").split(",")  # ok: CN008 listed as distinct


def reply_to() -> str | None:
    return os.environ.get("MAIL_REPLY_TO")  # ok: CN008 not the sender
