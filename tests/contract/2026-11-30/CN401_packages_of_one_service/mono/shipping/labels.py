import importlib

from mono.orders.models import Order


def label(order: Order) -> str:
    return str(order.id)


def plugin(name: str):
    return importlib.import_module(f"mono.plugins.{name}")
