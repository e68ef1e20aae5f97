"""The animals and where they stand."""
from __future__ import annotations

from dataclasses import dataclass

from dairy.milk import litres_per_day
from farmlib.dates import season


@dataclass
class Cow:
    number: int
    born: int

    def yield_now(self, month: int) -> float:
        factor = 0.8 if season(month) == "winter" else 1.0
        return litres_per_day(self.born) * factor
