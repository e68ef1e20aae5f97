from os import environ


def start() -> str:
    return environ.get("DEPOT_NAME", "south")  # want: CN301 depot


def vehicle() -> str:
    return environ["VEHICLE"]  # ok: CN301 no accessor serves this key
