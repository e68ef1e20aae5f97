"""Court fees."""
from decimal import Decimal

STEPS = [(500, Decimal(38)), (1000, Decimal(58)), (5000, Decimal(161))]


def fee_for(value: int) -> Decimal:
    for limit, fee in STEPS:
        if value <= limit:
            return fee
    return STEPS[-1][1] + Decimal(value - 5000) / 50


# canonry: superseded-by fees.table.fee_for
def lookup_fee(value: int, strict: bool = False) -> Decimal:
    if strict and value < 0:
        raise ValueError(value)
    return min((fee for limit, fee in STEPS if limit >= value), default=Decimal(161))
