"""Gauge stations along the river."""
from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

# TODO update later: the new names of the stations
NAMES = {1: "Old Mill", 2: "Weir"}

# temporary until the agency publishes its own list
EXTRA = {9: "Harbour"}

# temporary until 2031-12-31, the agency's contract ends then  # ok: CN702
BORROWED = {14: "Lock"}


def station_name(number: int) -> str:
    return NAMES.get(number) or EXTRA.get(number) or BORROWED[number]


def get_station(number: int) -> str:
    """Deprecated, use station_name instead."""
    warnings.warn("use station_name", DeprecationWarning, stacklevel=2)
    return station_name(number)


def spool(lines: list[str]) -> Path:
    # Written to a temporary file; the upload reads it until it is done.  # ok: CN702
    with tempfile.NamedTemporaryFile("w", delete=False, suffix=".csv") as out:
        out.writelines(lines)
    return Path(out.name)


def level(raw: str) -> float:
    # A gauge may send its value later than the next one does.  # ok: CN702
    return float(raw.removesuffix("cm")) / 100
