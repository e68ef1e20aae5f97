from decimal import ROUND_HALF_UP, Decimal


def format_money(amount: Decimal, symbol: str) -> str:  # want: CN003
    rounded = amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return symbol + str(rounded).replace(".", ",")


def _padded(rows: list[str]) -> list[str]:  # ok: CN003 private
    longest = max(map(len, rows))
    return [row.rjust(longest) for row in rows]


def read_line(line: str) -> tuple[str, Decimal]:  # ok: CN003 nothing imports this one
    name, _, price = line.rpartition(";")
    return name, Decimal(price)
