from decimal import Decimal

from ledger.rates import current_rate


def to_euro(amount: Decimal, currency: str) -> Decimal:
    if currency == "EUR":
        return amount
    return amount * Decimal(str(current_rate(f"{currency}EUR")))
