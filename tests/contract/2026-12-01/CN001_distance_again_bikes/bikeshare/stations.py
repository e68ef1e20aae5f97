from bikeshare.geo import bounding_box, distance_km


def nearest_station(stations: dict[str, tuple[float, float]], here: tuple[float, float]) -> str:
    return min(stations, key=lambda name: distance_km(stations[name], here))


def spread(stations: dict[str, tuple[float, float]]) -> float:
    south, west, north, east = bounding_box(list(stations.values()))
    return distance_km((south, west), (north, east))
