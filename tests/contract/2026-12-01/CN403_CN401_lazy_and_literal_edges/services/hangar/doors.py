INSIDE = {"D-EABC", "D-EXYZ"}


def is_out(plane: str) -> bool:
    return plane not in INSIDE


def roll_out(plane: str, wind: int) -> str:
    from services.tower.slots import runway  # want: CN403

    INSIDE.discard(plane)
    return runway(wind)
