"""What the office prints once a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime


def week_of(moment: datetime) -> str:
    """The week that a report is about: `2026-W07`."""
    year, week, _ = moment.astimezone(UTC).isocalendar()
    return f"{year}-W{week:02}"


def deliveries_per_week(moments: Iterable[datetime]) -> Counter[str]:
    """How many parcels were handed over in each week."""
    return Counter(week_of(moment) for moment in moments)
