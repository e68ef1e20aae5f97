from stock.shelves import free_on_shelf  # want: CN403


def place(item: str, count: int) -> str:
    return "accepted" if free_on_shelf(item) >= count else "back-ordered"
