"""Flow of ice, after Glen."""
from __future__ import annotations

A = 2.4e-24
N = 3


def strain_rate(stress: float) -> float:
    return A * stress**N


def surface_speed(thickness: float, slope: float) -> float:
    stress = 917 * 9.81 * thickness * slope
    return 2 * A / (N + 1) * stress**N * thickness
