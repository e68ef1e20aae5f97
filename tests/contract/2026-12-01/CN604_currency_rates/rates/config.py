import os


def base_currency() -> str:
    return os.environ["BASE_CURRENCY"].upper()


def precision() -> int:
    return int(os.environ.get("RATE_PRECISION", "4"))


def proxy() -> str | None:
    return os.environ.get("RATE_PROXY")
