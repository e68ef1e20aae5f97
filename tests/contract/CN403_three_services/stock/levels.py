import orders.pending  # want: CN403


def level(article: str) -> int:
    return 10 - orders.pending.count(article)
