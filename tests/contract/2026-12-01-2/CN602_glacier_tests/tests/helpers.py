from __future__ import annotations

from glacier.flow import surface_speed


def profile(thickness: float, slopes: list[float]) -> list[float]:
    return [surface_speed(thickness, slope) for slope in slopes]


def assert_rising(values: list[float]) -> None:
    for low, high in zip(values, values[1:]):
        assert low < high
