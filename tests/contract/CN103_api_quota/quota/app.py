from quota.limiter import Limiter


def build(store) -> Limiter:
    return Limiter(store, 100)
