from catalog.feeds import parse_price


def prices(tree) -> list:
    return [parse_price(node) for node in tree.iter("price")]
