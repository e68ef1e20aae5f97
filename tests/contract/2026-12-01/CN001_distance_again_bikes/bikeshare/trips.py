from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS = 6371.0088


def great_circle(start: tuple[float, float], end: tuple[float, float]) -> float:
    phi1, lam1 = radians(start[0]), radians(start[1])
    phi2, lam2 = radians(end[0]), radians(end[1])
    d_phi = sin((phi2 - phi1) / 2) ** 2
    d_lam = sin((lam2 - lam1) / 2) ** 2
    h = d_phi + cos(phi1) * cos(phi2) * d_lam
    return 2 * EARTH_RADIUS * asin(sqrt(h))


def trip_length(track: list[tuple[float, float]]) -> float:
    return sum(great_circle(a, b) for a, b in zip(track, track[1:]))
