"""Draws a tide curve with letters."""
from __future__ import annotations

from tides.tables import MISSING


def bar(height: float, scale: float = 10.0) -> str:
    if height == MISSING:
        return "?"
    return "=" * max(0, round(height * scale))  # canonry: ignore[CN301] no environment any more


def curve(rows: list[tuple[int, float]]) -> str:
    return "\n".join(f"{when // 60:02d}:{when % 60:02d} {bar(height)}" for when, height in rows)
