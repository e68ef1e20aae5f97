"""Reports."""

from decimal import Decimal

from shop.money import round_half_up


def line(label: str, amount: Decimal) -> str:  # ok: uses the existing one
    return f"{label:<20}{round_half_up(amount):>12}"
