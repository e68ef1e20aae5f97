from breadshop.money import parse_amount


def refundable(paid: str, wanted: str) -> bool:
    return parse_amount(wanted) <= parse_amount(paid)
