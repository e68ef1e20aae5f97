from breadshop.recipes import parse_amount


def fits(line: str, capacity: int) -> bool:
    return parse_amount(line) <= capacity
