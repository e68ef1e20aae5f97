import requests


def fetch_rows(url: str) -> list[dict]:  # ok: CN004 only its name is the same
    return requests.get(url, timeout=10).json()["rows"]


def mirrored(url: str) -> int:
    return len(fetch_rows(url))  # ok: CN004 the one of this module
