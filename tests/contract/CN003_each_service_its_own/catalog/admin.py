from catalog.text import parse_price


def set_price(product, text: str) -> None:
    product.price = parse_price(text)
