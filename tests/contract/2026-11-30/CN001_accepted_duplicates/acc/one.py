import re


def normalise_phone(number: str, country: str = "49") -> str:  # ok: CN001 an accepted pair and an ignore comment
    """A phone number in international form."""
    digits = re.sub(r"\D", "", number)
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = country + digits[1:]
    return "+" + digits
