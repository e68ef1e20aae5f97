from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

log = logging.getLogger(__name__)


@dataclass
class TrackingEvent:
    code: str
    at: datetime
    place: str = ""

    @classmethod
    def parse(cls, item: dict) -> "TrackingEvent":
        return cls(item["code"], datetime.fromisoformat(item["at"]), item.get("place", ""))


def summarize(events: list[TrackingEvent]) -> str:
    try:
        latest = max(events, key=lambda event: event.at)
    except ValueError as err:
        log.error("no events: %s", err, exc_info=True)  # ok: CN202 with exc_info
        return "unknown"
    except TypeError as err:
        log.error(f"mixed time zones ({type(err).__name__}): {err}")  # ok: CN202 the type is named
        return "unknown"
    return f"{latest.code} {latest.place}".strip()


def report_lost(events: list[TrackingEvent]) -> list[str]:
    lost = [event.place for event in events if event.code == "LOST"]
    if lost:
        error = ", ".join(lost)
        log.error(f"lost parcels at {error}")  # ok: CN202 no except block here
    return lost
