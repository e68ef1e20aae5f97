BASE = 450


def tariff(weight: float) -> int:
    # TODO: update later
    return BASE + round(weight * 12)


def surcharge(country: str) -> int:
    # Temporary until the new customs service answers.
    return 900 if country not in {"DE", "AT"} else 0


def winter_discount() -> int:
    # temporary until 2099-12-31
    return 50


def summer_discount() -> int:
    # temporary until 2021-08-31
    return 75


def rounding(cents: int) -> int:
    # TODO: round to five
    return cents
