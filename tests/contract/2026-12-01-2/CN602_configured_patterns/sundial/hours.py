from __future__ import annotations

import math


def shadow_angle(hour: float, latitude: float) -> float:
    """Angle of the hour line, in degrees."""
    turn = math.radians(15 * (hour - 12))
    return math.degrees(math.atan(math.sin(math.radians(latitude)) * math.tan(turn)))


def is_day(hour: float) -> bool:
    return 6 <= hour <= 18
