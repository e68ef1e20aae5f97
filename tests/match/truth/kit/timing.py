"""Helpers for time."""

import random
import time
from datetime import datetime, timedelta, timezone


def parse_iso_utc(text):
    """Parse an ISO 8601 timestamp; one without a zone is UTC."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def retry_with_backoff(function, attempts=5, delay=0.1, exceptions=(Exception,)):
    """Call a function again after exceptions, waiting longer each time."""
    for attempt in range(attempts):
        try:
            return function()
        except exceptions:
            if attempt == attempts - 1:
                raise
            time.sleep(delay * 2**attempt + random.uniform(0, delay))


class RateLimiter:
    """Allow a number of calls in a period."""

    def __init__(self, calls, period):
        self.calls = calls
        self.period = period
        self.moments = []

    def allow(self):
        now = time.monotonic()
        self.moments = [moment for moment in self.moments if now - moment < self.period]
        if len(self.moments) >= self.calls:
            return False
        self.moments.append(now)
        return True


def next_business_day(day):
    """The next day that is not on a weekend."""
    day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day
