from tanks.fish import headcount  # ok: CN403 allowed


def grams(tank: str) -> float:
    return headcount(tank) * 2.5


def schedule() -> list[str]:
    return ["07:30", "16:00"]
