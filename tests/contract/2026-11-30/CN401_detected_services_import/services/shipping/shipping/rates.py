import importlib


def rate(orders) -> float:
    from orders.totals import order_total  # want: CN401

    return order_total(orders) * 0.1


def models():
    return importlib.import_module("orders.models")  # want: CN401
