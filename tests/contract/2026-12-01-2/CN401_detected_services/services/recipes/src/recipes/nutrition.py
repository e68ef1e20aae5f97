"""Nutrition facts of a recipe."""
from __future__ import annotations

from pantry.stock import shelf_life as days_left  # want: CN401
from recipes.units import grams  # ok: CN401 the same service


def energy(parts: dict[str, str], table: dict[str, float]) -> float:
    return sum(grams(amount) * table[name] / 100 for name, amount in parts.items())


def keeps(parts: dict[str, str]) -> int:
    return min(days_left(name) for name in parts)
