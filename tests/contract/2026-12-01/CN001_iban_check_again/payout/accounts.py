import string

_DIGITS = {c: str(i) for i, c in enumerate(string.digits + string.ascii_uppercase)}


def is_valid_iban(iban: str) -> bool:
    compact = iban.replace(" ", "").upper()
    if not 15 <= len(compact) <= 34:
        return False
    rotated = compact[4:] + compact[:4]
    digits = "".join(_DIGITS.get(c, "") for c in rotated)
    if not digits:
        return False
    return int(digits) % 97 == 1


def country_of(iban: str) -> str:
    return iban.strip()[:2].upper()
