PENDING: dict[str, int] = {}


def pending(item: str) -> int:
    return PENDING.get(item, 0)
