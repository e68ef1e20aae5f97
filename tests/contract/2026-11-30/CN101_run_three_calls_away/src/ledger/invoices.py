from dataclasses import dataclass, field
from decimal import Decimal

from . import convert


@dataclass
class Line:
    amount: Decimal
    currency: str


@dataclass
class Invoice:
    lines: list[Line] = field(default_factory=list)

    def total(self) -> Decimal:
        return sum((convert.to_euro(line.amount, line.currency) for line in self.lines), Decimal(0))
