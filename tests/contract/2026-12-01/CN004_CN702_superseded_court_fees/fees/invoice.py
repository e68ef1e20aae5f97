from decimal import Decimal

from fees.table import fee_for, lookup_fee


class Invoice:
    def __init__(self, claim: int, copies: int = 0) -> None:
        self.claim = claim
        self.copies = copies

    def total(self) -> Decimal:
        return lookup_fee(self.claim) + self.copies * Decimal("0.5")  # want: CN004

    def estimate(self) -> Decimal:
        return fee_for(self.claim)  # ok: CN004 the replacement


def deposit(claims: list[int]) -> Decimal:
    return max(map(lookup_fee, claims))  # want: CN004


def label(invoice: Invoice) -> str:
    """lookup_fee is only spoken of here."""
    lookup = f"fee {invoice.total():.2f}"  # ok: CN004 a local name
    return lookup  # TODO: print in two columns  # ok: CN702
