"""Mails."""

from datetime import UTC, datetime


def read_date(value: str) -> datetime:  # want: CN001 app.dates.parse_when
    """When a mail was sent."""
    moment = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment
