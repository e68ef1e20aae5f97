import os

STANDARD = 1013.25


def to_sea_level(pressure: float, elevation: float) -> float:
    return pressure / (1 - elevation / 44330.0) ** 5.255


def altitude(pressure: float) -> float:
    base = float(os.environ.get("WEATHERBOX_ELEVATION_M", 0))  # want: CN301
    mount = os.environ.get("BAROMETER_MOUNT")  # ok: CN301 no accessor serves this key
    offset = 2.0 if mount == "roof" else 0.0
    return base + offset + 44330.0 * (1 - (pressure / STANDARD) ** (1 / 5.255))
