import datetime as dt


def to_utc_datetime(raw: str) -> dt.datetime:  # want: CN001
    """Convert an ISO date string to an aware UTC datetime."""
    parsed = dt.datetime.fromisoformat(raw.replace("Z", "+00:00"))
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=dt.timezone.utc)
    return parsed.astimezone(dt.timezone.utc)


def import_rows(rows):
    for row in rows:
        yield {**row, "published": to_utc_datetime(row["published"])}
