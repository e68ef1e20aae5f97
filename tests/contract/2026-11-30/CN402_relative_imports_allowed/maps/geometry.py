from .consts import PI


def area(radius: float) -> float:  # ok: CN402 the setting is not there
    return PI * radius ** 2
