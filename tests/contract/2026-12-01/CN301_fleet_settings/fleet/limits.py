from os import getenv


def allowed(speed: int, urban: bool) -> bool:
    ceiling = int(getenv("FLEET_TOP_SPEED", "80"))  # want: CN301
    return speed <= (min(ceiling, 50) if urban else ceiling)
