SHELVES = {"nail": 4000, "hinge": 12}


def free_on_shelf(item: str) -> int:
    from orders.pending import pending  # want: CN403

    return SHELVES.get(item, 0) - pending(item)
