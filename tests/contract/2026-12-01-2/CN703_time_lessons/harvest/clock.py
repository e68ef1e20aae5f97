from __future__ import annotations

from datetime import datetime, timedelta


class FieldClock:
    """A clock that the tests can set."""

    def __init__(self, start: datetime) -> None:
        self.current = start

    def utcnow(self) -> datetime:  # ok: CN703 a definition of its own
        return self.current

    def sleep(self, delay: float) -> None:  # ok: CN703 a definition of its own
        self.current += timedelta(seconds=delay)


def next_round(clock: FieldClock, delay: float) -> datetime:
    clock.sleep(delay)  # ok: CN703 another object's method
    return clock.current + timedelta(minutes=5)
