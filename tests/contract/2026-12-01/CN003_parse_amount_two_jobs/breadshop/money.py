from decimal import Decimal, InvalidOperation


def parse_amount(text: str) -> Decimal:  # ok: CN003 the most used of the two
    cleaned = text.replace("EUR", "").replace(" ", "").replace(",", ".")
    try:
        return Decimal(cleaned)
    except InvalidOperation as error:
        raise ValueError(f"no amount: {text!r}") from error
