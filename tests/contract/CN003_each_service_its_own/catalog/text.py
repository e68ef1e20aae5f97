import re


def normalize_title(title: str) -> str:  # ok: CN003 the other one is another service's
    return re.sub(r"\s+", " ", title).strip().title()


def parse_price(text: str) -> int:
    return round(float(text.strip("€ ").replace(",", ".")) * 100)
