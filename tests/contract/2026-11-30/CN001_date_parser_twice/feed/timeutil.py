from datetime import datetime, timezone


def parse_timestamp(text: str) -> datetime:
    """Parse an ISO 8601 timestamp, Z allowed, naive ones are UTC."""
    if text.endswith("Z"):
        text = text[:-1] + "+00:00"
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        value = value.replace(tzinfo=timezone.utc)
    return value.astimezone(timezone.utc)


def age_in_days(value: datetime) -> int:
    return (datetime.now(timezone.utc) - value).days
