import os


def database_dsn() -> str:
    return os.environ["SHOP_DSN"]


def feature_flags() -> list[str]:
    raw = os.environ.get("SHOP_FEATURES", "")
    return [flag for flag in raw.split(",") if flag]
