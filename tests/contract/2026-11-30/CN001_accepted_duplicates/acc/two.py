import re


def clean_phone(phone: str, country: str = "49") -> str:
    """A phone number in international form."""
    digits = re.sub(r"\D", "", phone)
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = country + digits[1:]
    return "+" + digits
