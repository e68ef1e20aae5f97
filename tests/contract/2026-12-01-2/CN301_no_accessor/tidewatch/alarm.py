from __future__ import annotations

import os

from tidewatch.gauge import Gauge, levels


def over_limit(gauge: Gauge, samples: list[float]) -> list[float]:
    limit = float(os.getenv("TIDEWATCH_LIMIT", "4.2"))  # ok: CN301 no accessor in the workspace
    return [level for level in levels(samples, gauge) if level > limit]


def verbose() -> bool:
    return os.environ.get("TIDEWATCH_VERBOSE") == "1"  # ok: CN301 no accessor in the workspace
