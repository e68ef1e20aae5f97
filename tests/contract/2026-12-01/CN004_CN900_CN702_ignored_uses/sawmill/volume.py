import math


def log_volume(diameter: float, length: float, taper: float = 0.01) -> float:
    middle = diameter - taper * length / 2
    return math.pi / 4 * middle**2 * length


# canonry: superseded-by sawmill.volume.log_volume
def cylinder(diameter: float, length: float) -> float:  # want: CN004
    return math.pi * diameter**2 * length / 4
