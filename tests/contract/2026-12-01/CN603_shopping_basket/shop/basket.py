from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class State(Enum):
    OPEN = "open"
    PAID = "paid"


class Totals:
    """Mixed in by everything that has lines."""

    lines: list[Line]

    @property
    def total(self) -> Decimal:
        return sum((line.price * line.count for line in self.lines), Decimal())

    def discounted(self, percent: int) -> Decimal:
        return self.total * (100 - percent) / 100


@dataclass
class Line:
    article: str
    price: Decimal
    count: int = 1


@dataclass
class Basket(Totals):
    owner: str
    lines: list[Line] = field(default_factory=list)
    state: State = State.OPEN

    def add_line(self, article: str, price: str) -> Line:
        line = Line(article, Decimal(price))
        self.lines.append(line)
        self._touched = True
        return line
