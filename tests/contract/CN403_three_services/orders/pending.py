from prices.quotes import quote  # want: CN403

_pending: list[str] = []


def count(article: str) -> int:
    return _pending.count(article)


def add(article: str) -> int:
    _pending.append(article)
    return quote(article)
