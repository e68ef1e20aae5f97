"""Invoices."""

from decimal import ROUND_HALF_UP, Decimal

from shop.money import split_evenly


def normalise_price(value: Decimal, digits: int = 2) -> Decimal:  # want: CN001 shop.money.round_half_up
    """Bring a price to so many digits."""
    if digits < 0:
        raise ValueError("digits must not be negative")
    step = Decimal(10) ** -digits
    return value.quantize(step, rounding=ROUND_HALF_UP)


def instalments(total: Decimal, months: int) -> list[Decimal]:  # ok: calls the existing one
    return split_evenly(total, months)
