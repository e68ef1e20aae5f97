"""Dates."""

from datetime import UTC, datetime


def parse_when(text: str) -> datetime:  # want: CN001 app.mail.read_date
    """Parse an ISO date, in UTC where it names no zone."""
    found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found
