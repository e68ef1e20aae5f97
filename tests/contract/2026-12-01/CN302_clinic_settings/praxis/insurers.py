import os

DEFAULTS = {"password": "none", "host": "insurer.example.com"}  # ok: CN302 no read of the environment


def gateway() -> str:
    return os.environ.get("INSURER_GATEWAY_URL", "https://gateway.insurer.example.com/v2")  # want: CN302


def field_default(name: str) -> str | None:
    return DEFAULTS.get(name, "unknown")
