"""Text for the monthly reports."""


def format_money(cents: int, currency: str = "EUR") -> str:  # ok: CN003 the one that most modules use
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{whole:,}.{rest:02d} {currency}"


def _padded(text: str, width: int) -> str:
    return text.ljust(width)
