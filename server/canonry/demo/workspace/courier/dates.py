"""Times as partners send them and as we store them: always with a time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

FORMATS = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d")


def parse_timestamp(text: str) -> datetime:
    """Read a time in any of the formats that our partners use; without a zone it is UTC."""
    cleaned = text.strip().replace("Z", "+0000")
    for form in FORMATS:
        try:
            moment = datetime.strptime(cleaned, form)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    raise ValueError(f"not a time: {text!r}")


def next_working_day(day: date) -> date:
    """The first day after `day` that is neither Saturday nor Sunday."""
    following = day + timedelta(days=1)
    while following.weekday() >= 5:
        following += timedelta(days=1)
    return following
