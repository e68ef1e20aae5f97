from decimal import Decimal, InvalidOperation

import warnings

ZERO = Decimal("0")
VAT = {"DE": Decimal("0.07"), "AT": Decimal("0.10")}


def price_of(row: dict[str, str]) -> Decimal:
    """Net price of one bag."""
    try:
        return Decimal(row["price"])
    except (KeyError, InvalidOperation):  # ok: CN203 narrow types only
        return ZERO


def gross(row: dict[str, str], country: str) -> Decimal:
    try:
        rate = VAT[country]
        amount = Decimal(row["price"]) * (1 + rate)
    except Exception:  # want: CN203
        return ZERO
    return amount.quantize(Decimal("0.01"))


def discount(row: dict[str, str]) -> int:
    try:
        percent = int(row["discount"].rstrip("%"))
    except Exception as exc:  # ok: CN203 raised as another error
        raise ValueError(f"discount of {row.get('sku')}") from exc
    if percent > 50:
        warnings.warn(f"discount of {percent}%", stacklevel=2)
    return percent
