ZONES = {"10": 1, "20": 2, "80": 8}


def zone_of(parcel: str) -> int:
    """The zone in a parcel number such as 80-1234."""
    prefix = parcel.split("-", 1)[0]
    return ZONES.get(prefix, 0)
