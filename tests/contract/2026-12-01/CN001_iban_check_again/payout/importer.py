import csv
import string
from pathlib import Path

_VALUES = {c: str(i) for i, c in enumerate(string.digits + string.ascii_uppercase)}


def check_account_number(number: str) -> bool:
    cleaned = number.replace(" ", "").upper()
    if not 15 <= len(cleaned) <= 34:
        return False
    moved = cleaned[4:] + cleaned[:4]
    as_digits = "".join(_VALUES.get(c, "") for c in moved)
    if not as_digits:
        return False
    return int(as_digits) % 97 == 1


def read_payees(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        return [row for row in csv.DictReader(handle) if check_account_number(row["account"])]
