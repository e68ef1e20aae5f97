"""Wills and what they leave. A legacy is a gift of a fixed thing; the rest is the residue."""
from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Legacy:  # ok: CN702 the word of the trade, no old code
    """A legacy left by will to one person."""

    heir: str
    thing: str


@dataclass
class Will:
    testator: str
    legacies: list[Legacy] = field(default_factory=list)

    def share_of(self, heir: str) -> list[str]:
        return [legacy.thing for legacy in self.legacies if legacy.heir == heir]  # ok: CN702 the word of the trade


# Deprecated alias, kept until EST-204 is done.  # ok: CN702
Testament = Will

# Legacy alias of the first release, still imported by partners.
Gift = Legacy


def witness_count(country: str) -> int:
    # TODO EST-77 update later when the convention is signed  # ok: CN702
    return 2 if country != "SCT" else 1


def probate_fee(value: int) -> int:
    # TODO: update later, the court has a new table
    return 300 if value > 5_000 else 0
