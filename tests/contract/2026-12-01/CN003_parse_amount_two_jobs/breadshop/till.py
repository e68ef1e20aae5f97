from breadshop.money import parse_amount


def total(entries: list[str]) -> str:
    return f"{sum(parse_amount(entry) for entry in entries):.2f}"
