"""Milk and what is made of it."""
from __future__ import annotations

from field.fodder import quality
from farmlib.dates import season


def litres_per_day(born: int) -> float:
    return 24.0 * quality("barley") - 0.1 * (2026 - born)


def cheese(litres: float, month: int) -> float:
    return litres / (9.5 if season(month) == "winter" else 10.0)
