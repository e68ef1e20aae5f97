from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat1, lon1 = radians(a[0]), radians(a[1])
    lat2, lon2 = radians(b[0]), radians(b[1])
    half_lat = sin((lat2 - lat1) / 2) ** 2
    half_lon = sin((lon2 - lon1) / 2) ** 2
    chord = half_lat + cos(lat1) * cos(lat2) * half_lon
    return 2 * EARTH_KM * asin(sqrt(chord))


def bounding_box(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    lats = [point[0] for point in points]
    lons = [point[1] for point in points]
    return min(lats), min(lons), max(lats), max(lons)
