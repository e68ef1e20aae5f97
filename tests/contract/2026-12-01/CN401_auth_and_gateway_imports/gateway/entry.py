import importlib

from auth.tokens import is_fresh  # ok: CN401 an allowed edge
from billing.tariffs import price  # want: CN401


def enter(issued: float) -> int:
    if not is_fresh(issued, 300):
        return 401
    return 200


def quote(kind: str) -> int:
    return price(kind, 1)


def late_quote(kind: str) -> dict:
    from billing.invoice import invoice  # want: CN401

    return invoice(kind, 1, is_fresh)


def load_tariffs() -> dict:
    module = importlib.import_module("billing.tariffs")  # want: CN401
    return module.TARIFFS
