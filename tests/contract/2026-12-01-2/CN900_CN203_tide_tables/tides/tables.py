"""Tide tables, read from a print of the harbour office."""
from __future__ import annotations

import logging
from pathlib import Path

logger = logging.getLogger(__name__)

MISSING = -99.0


def parse_height(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except Exception:  # canonry: ignore[CN203] the print has smudges, MISSING is drawn as a gap
        return MISSING


def parse_time(text: str) -> int:
    hours, _, minutes = text.partition(":")
    try:
        return int(hours) * 60 + int(minutes)
    except ValueError:  # canonry: ignore[CN203] narrow, this was once broader
        return 0


def read_table(path: Path) -> list[tuple[int, float]]:
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        when, _, height = line.partition(";")
        rows.append((parse_time(when), parse_height(height)))
    return rows


def highest(rows: list[tuple[int, float]]) -> float:
    try:
        return max(height for _, height in rows)
    except Exception:  # canonry: ignore[CN202] the wrong code stands here
        return MISSING
