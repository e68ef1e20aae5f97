import os


def area() -> str:
    return os.environ["ALARM_AREA"]


def same_area(other: str) -> bool:
    return other == os.environ["ALARM_AREA"]  # ok: CN303 no secret
