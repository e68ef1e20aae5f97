from gauges.stations import station_name

LIMITS = {1: 3.2, 2: 4.0}


def is_flood(number: int, metres: float) -> bool:
    limit = LIMITS.get(number, 5.0)  # TODO: round to whole decimetres  # ok: CN702
    return metres > limit


def text(number: int) -> str:
    # temporary until 2021-06-01: the siren cannot read umlauts
    return station_name(number).encode("ascii", "replace").decode()


def siren_seconds(metres: float) -> int:
    # Until the water falls the siren repeats; each run is temporary.  # ok: CN702
    return 60 if metres < 6 else 180
