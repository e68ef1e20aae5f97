from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Book:
    lines: list[tuple[str, Decimal]] = field(default_factory=list)

    def debit(self, account: str, amount: Decimal) -> None:  # ok: CN001 the opposite of credit
        if amount <= 0:
            raise ValueError("an amount is positive")
        self.lines.append((account, amount))

    def credit(self, account: str, amount: Decimal) -> None:  # ok: CN001 the opposite of debit
        if amount <= 0:
            raise ValueError("an amount is positive")
        self.lines.append((account, -amount))

    def balance(self, account: str) -> Decimal:
        return sum((value for name, value in self.lines if name == account), Decimal(0))
