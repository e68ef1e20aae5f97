from decimal import Decimal


def parse_price(node) -> Decimal:  # want: CN003
    amount = node.find("amount")
    return Decimal(amount.text) * (Decimal("1.19") if amount.get("net") else 1)
