from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from libs.money import euros

if TYPE_CHECKING:
    from services.stock.shelf import Shelf  # want: CN401


def place(order, shelf: Shelf) -> str:
    from services.stock.shelf import reserve  # want: CN401

    reserve(shelf, order.article)
    return euros(order.total)


def recount() -> int:
    shelf = importlib.import_module("services.stock.shelf")  # want: CN401
    return shelf.count()


def plugin(name: str):
    return importlib.import_module(f"services.orders.plugins.{name}")  # ok: CN401 its own, and no literal
