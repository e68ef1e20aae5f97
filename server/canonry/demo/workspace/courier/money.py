"""Amounts of money: rounding, splitting, showing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def round_half_up(amount: Decimal, step: Decimal = CENT) -> Decimal:
    """Round an amount to a step, halves away from zero, as invoices want it."""
    if step <= 0:
        raise ValueError(f"step must be positive: {step}")
    steps = (amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return steps * step


def split_evenly(total: Decimal, parts: int) -> list[Decimal]:
    """Split an amount into parts that add up to it again: the first ones carry the odd cents."""
    share = (total / parts).quantize(CENT)
    shares = [share] * parts
    rest = int((total - share * parts) / CENT)
    for at in range(abs(rest)):
        shares[at] += CENT if rest > 0 else -CENT
    return shares


def show_amount(amount: Decimal, currency: str = "EUR") -> str:
    """An amount as customers read it: `1 234.50 EUR`."""
    whole = f"{round_half_up(amount):,.2f}".replace(",", " ")
    return f"{whole} {currency}"
