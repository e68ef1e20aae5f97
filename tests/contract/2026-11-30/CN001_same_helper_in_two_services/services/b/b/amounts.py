from decimal import ROUND_HALF_UP, Decimal


def round_amount(amount: Decimal, digits: int = 2) -> Decimal:
    """Round half up to the given digits."""
    quantum = Decimal(1).scaleb(-digits)
    return amount.quantize(quantum, rounding=ROUND_HALF_UP)
