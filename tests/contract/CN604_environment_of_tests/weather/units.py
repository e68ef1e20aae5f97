import os


def unit() -> str:
    return os.environ.get("WEATHER_UNIT", "celsius")
