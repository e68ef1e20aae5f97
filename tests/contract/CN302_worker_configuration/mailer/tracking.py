import os


def tracking_link(message: str) -> str:
    base = os.environ.get("TRACKING_URL", "http://tracking.internal:8080")  # want: CN302
    return f"{base}/open/{message}"


def webhook_secret() -> str:
    secret = os.environ.get("WEBHOOK_SECRET")  # ok: CN302 raises without it
    if not secret:
        raise RuntimeError("WEBHOOK_SECRET is not set")
    return secret
