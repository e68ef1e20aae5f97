import os
from pathlib import Path


def page_size() -> int:
    return int(os.environ.get("SHOP_PAGE_SIZE", "25"))  # ok: CN301 the configured module


def currency() -> str:
    return os.environ["SHOP_CURRENCY"]  # ok: CN301 the configured module


def media_root() -> Path:
    return Path(os.environ["SHOP_MEDIA"]).resolve()
