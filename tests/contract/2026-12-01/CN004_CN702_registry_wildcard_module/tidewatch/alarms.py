from tidewatch.stations import old
from tidewatch.stations.reader import StationReader


def flooded(station: str, limit: float) -> bool:
    values = old.download_levels(station)  # want: CN004
    return max(values) > limit


def flooded_locally(reader: StationReader, station: str, limit: float) -> bool:
    return any(level > limit for _, level in reader.levels(station))  # ok: CN004 the canonical symbol
