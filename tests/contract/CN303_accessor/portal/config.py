import os


def jwt_secret() -> str:
    return os.environ["PORTAL_JWT_SECRET"]


def log_level() -> str:
    return os.environ.get("PORTAL_LOG_LEVEL", "INFO")
