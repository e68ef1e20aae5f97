from common.clock import seconds_since  # ok: CN401 shared

Lifetime = int


def is_fresh(issued: float, lifetime: Lifetime) -> bool:
    return seconds_since(issued) < lifetime
