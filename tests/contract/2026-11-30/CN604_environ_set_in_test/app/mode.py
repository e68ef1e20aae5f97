import os


def mode() -> str:
    return os.environ.get("APP_MODE", "normal")
