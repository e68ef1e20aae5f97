import importlib


def may_taxi(plane: str) -> bool:
    hangar = importlib.import_module("services.hangar.doors")  # want: CN403
    return hangar.is_out(plane)


def runway(wind: int) -> str:
    return "09" if wind < 180 else "27"
