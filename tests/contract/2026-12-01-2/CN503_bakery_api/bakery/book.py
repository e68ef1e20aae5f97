"""The order book, in memory."""
from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from bakery.schemas import Order, OrderIn

_orders: dict[int, Order] = {}
_numbers = itertools.count(1)


def all_orders() -> list[Order]:
    return sorted(_orders.values(), key=lambda order: order.number)


def find(number: int) -> Order:
    return _orders[number]


def add(order: OrderIn) -> Order:
    number = next(_numbers)
    _orders[number] = Order(number=number, **order.model_dump())
    return _orders[number]


def replace(number: int, order: OrderIn) -> Order:
    _orders[number] = find(number).model_copy(update=order.model_dump())
    return _orders[number]


def remove(number: int) -> None:
    _orders.pop(number, None)


def csv_lines() -> Iterator[str]:
    yield "number,loaf,pieces\n"
    for order in all_orders():
        yield f"{order.number},{order.loaf},{order.pieces}\n"


def today() -> str:
    return dt.date.today().isoformat()
