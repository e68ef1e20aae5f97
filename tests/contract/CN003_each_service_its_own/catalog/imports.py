from catalog.text import normalize_title, parse_price


def read(row: dict[str, str]) -> tuple[str, int]:
    return normalize_title(row["title"]), parse_price(row["price"])
