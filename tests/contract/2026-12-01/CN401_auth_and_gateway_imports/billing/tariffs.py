TARIFFS = {"day": 790, "week": 2900}


def price(kind: str, days: int) -> int:
    return TARIFFS[kind] * max(1, days)
