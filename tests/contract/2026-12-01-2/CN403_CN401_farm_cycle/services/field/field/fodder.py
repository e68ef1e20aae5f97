from __future__ import annotations

QUALITY = {"barley": 1.0, "oats": 0.9}


def quality(crop: str) -> float:
    return QUALITY[crop]


def needed(animals: list[int]) -> float:
    """Tons of fodder for a winter."""
    from barn.animals import Cow

    herd = [Cow(number, 2020) for number in animals]
    return sum(cow.yield_now(1) for cow in herd) * 0.03
