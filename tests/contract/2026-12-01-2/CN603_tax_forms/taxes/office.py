from __future__ import annotations

from decimal import Decimal

from taxes.forms import Deductions


class Office:
    def __init__(self, rate: Decimal) -> None:
        self.rate = rate
        self._filed: list[str] = []

    async def file(self, person: str, income: Decimal, deductions: Deductions) -> Decimal:
        self._filed.append(person)
        return (income - deductions.total()) * self.rate

    def filed(self) -> list[str]:
        return sorted(self._filed)


def make_office(percent: int) -> Office:
    return Office(Decimal(percent) / 100)
