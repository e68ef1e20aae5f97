import os as operating_system
from os import environ as env

from shop.environment import currency


def paginate(products: list[str], page: int) -> list[str]:
    size = int(env.get("SHOP_PAGE_SIZE", "25"))  # want: CN301
    return products[page * size : (page + 1) * size]


def price_tag(cents: int) -> str:
    return f"{cents / 100:.2f} {currency()}"  # ok: CN301 through the accessor


def media_url(name: str) -> str:
    root = operating_system.environ["SHOP_MEDIA"]  # want: CN301
    return f"file://{root}/{name}"


def is_terminal_dumb() -> bool:
    return env.get("TERM") == "dumb"  # ok: CN301 nothing serves TERM


def child_environment() -> dict[str, str]:
    return {**env, "LC_ALL": "C"}  # ok: CN301 a copy, no key is read
