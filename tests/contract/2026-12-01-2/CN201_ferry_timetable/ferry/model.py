from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

logger = logging.getLogger("ferry.model")

BERTHS = {"north": 1, "south": 2, "slip": 7}


@dataclass(frozen=True)
class Sailing:
    harbour: str
    vessel: str
    departs: datetime
    berth: int | None = None

    @classmethod
    def from_row(cls, harbour: str, row: dict) -> "Sailing":
        return cls(
            harbour=harbour,
            vessel=row["vessel"].strip().title(),
            departs=datetime.fromisoformat(row["departs"]),
            berth=berth_number(row.get("berth", "")),
        )


def berth_number(name: str) -> int | None:
    try:
        return BERTHS[name]
    except KeyError:  # ok: CN201 an unknown name is what None answers
        logger.debug("berth %r has no number", name)
        return None
