from decimal import ROUND_HALF_UP, Decimal


def round_money(value: Decimal, places: int = 2) -> Decimal:  # ok: CN001 services deploy alone; version alternatives; overloads
    """Round half up to the given places."""
    quantum = Decimal(1).scaleb(-places)
    return value.quantize(quantum, rounding=ROUND_HALF_UP)
