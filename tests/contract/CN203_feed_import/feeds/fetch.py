import requests

from feeds.errors import FeedError


def fetch(url: str) -> str:
    try:
        return requests.get(url, timeout=10).text
    except Exception as error:  # ok: CN203 raised
        raise FeedError(url) from error


def alive(url: str) -> bool:
    try:
        requests.head(url, timeout=3)
    except Exception:  # want: CN203
        return False
    return True
