from decimal import Decimal


def parse_amount(text):
    """Parse an amount such as '1.234,50'."""
    return Decimal(text.replace(".", "").replace(",", "."))


def parse_phone(text):
    """Keep the digits of a phone number, with a leading plus."""
    digits = "".join(c for c in text if c.isdigit())
    return "+" + digits


def format_amount(value):
    return f"{value:,.2f}".replace(",", " ").replace(".", ",")


def format_phone(digits):
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
