import re

UNITS = {"g": 1, "kg": 1000}


def parse_amount(text: str) -> int:  # want: CN003
    match = re.fullmatch(r"(\d+)\s*(g|kg)", text.strip())
    if match is None:
        raise ValueError(f"no weight: {text!r}")
    number, unit = match.groups()
    return int(number) * UNITS[unit]


def flour(lines: list[str]) -> int:
    return sum(parse_amount(line) for line in lines if "flour" in line)
