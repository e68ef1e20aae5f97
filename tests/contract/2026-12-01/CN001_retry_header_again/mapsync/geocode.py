from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx


def seconds_to_wait(response_headers: Mapping[str, str], fallback: float = 1.0) -> float:
    value = response_headers.get("Retry-After")
    if value is None:
        return fallback
    if value.strip().isdigit():
        return float(value)
    when = parsedate_to_datetime(value)
    left = (when - datetime.now(UTC)).total_seconds()
    return max(left, 0.0)


def geocode(client: httpx.Client, query: str) -> tuple[float, dict]:
    reply = client.get("/search", params={"q": query})
    if reply.status_code == 429:
        return seconds_to_wait(reply.headers), {}
    return 0.0, reply.json()
