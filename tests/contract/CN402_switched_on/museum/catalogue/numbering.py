import itertools

PREFIX = "M"
_numbers = itertools.count(1)


def next_number(prefix: str) -> str:
    return f"{prefix}{next(_numbers)}"
