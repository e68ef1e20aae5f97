"""A workspace without any config module: nothing to use instead."""
from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass
class Gauge:
    name: str
    datum: float

    @classmethod
    def from_environment(cls) -> "Gauge":
        return cls(os.environ["GAUGE_NAME"], float(os.environ.get("GAUGE_DATUM", "0")))  # ok: CN301 no accessor in the workspace


def levels(samples: list[float], gauge: Gauge) -> list[float]:
    return [round(sample - gauge.datum, 3) for sample in samples]
