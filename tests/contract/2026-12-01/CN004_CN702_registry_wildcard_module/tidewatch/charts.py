from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewatch.stations.old import CsvStation


def title(station: CsvStation) -> str:  # want: CN004
    return station.name.replace("_", " ").title()


def old(values: list[float]) -> list[float]:  # ok: CN004 a function that is named like the module
    return values[:-24]
