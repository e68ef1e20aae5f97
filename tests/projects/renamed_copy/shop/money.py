"""Amounts of money."""

from decimal import ROUND_HALF_UP, Decimal


def round_half_up(amount: Decimal, places: int = 2) -> Decimal:
    """Round an amount to a number of decimal places, halves away from zero."""
    if places < 0:
        raise ValueError("places must not be negative")
    quantum = Decimal(10) ** -places
    return amount.quantize(quantum, rounding=ROUND_HALF_UP)


def split_evenly(amount: Decimal, count: int) -> list[Decimal]:
    """Parts that add up to the amount, as equal as cents allow."""
    share = round_half_up(amount / count)
    parts = [share] * count
    parts[-1] += amount - sum(parts)
    return parts
