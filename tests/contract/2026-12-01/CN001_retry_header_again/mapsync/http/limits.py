from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after_seconds(headers: Mapping[str, str], default: float = 1.0) -> float:
    raw = headers.get("Retry-After")
    if raw is None:
        return default
    if raw.strip().isdigit():
        return float(raw)
    moment = parsedate_to_datetime(raw)
    wait = (moment - datetime.now(UTC)).total_seconds()
    return max(wait, 0.0)
