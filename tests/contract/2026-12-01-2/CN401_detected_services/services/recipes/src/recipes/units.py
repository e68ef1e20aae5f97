import re

FACTORS = {"g": 1.0, "kg": 1000.0, "tbsp": 15.0, "tsp": 5.0}


def grams(amount: str) -> float:
    match = re.fullmatch(r"([\d.]+)\s*([a-z]+)", amount.strip())
    if match is None:
        raise ValueError(f"no amount: {amount!r}")
    return float(match[1]) * FACTORS[match[2]]
