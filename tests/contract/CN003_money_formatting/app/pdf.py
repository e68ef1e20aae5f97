from decimal import Decimal

from app.invoices.formatting import format_money


def footer(amount: Decimal) -> str:
    return format_money(amount, "€")
