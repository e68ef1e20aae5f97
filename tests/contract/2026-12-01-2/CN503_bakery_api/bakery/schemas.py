from __future__ import annotations

from pydantic import BaseModel, PositiveInt


class OrderIn(BaseModel):
    loaf: str
    pieces: PositiveInt = 1


class Order(OrderIn):
    """An order in the book."""

    number: int
    baked: bool = False
