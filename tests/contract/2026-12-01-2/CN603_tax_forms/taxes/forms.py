"""Tax forms."""
from __future__ import annotations

from decimal import Decimal

from django.db import models
from taxforms_sdk.base import FormBase


class Deductions:
    """Sums up what may be deducted."""

    __slots__ = ("items",)

    def __init__(self) -> None:
        self.items: dict[str, Decimal] = {}

    def add(self, name: str, amount: Decimal) -> None:
        self.items[name] = self.items.get(name, Decimal(0)) + amount

    def total(self) -> Decimal:
        return sum(self.items.values(), Decimal(0))


class PrivateForm(FormBase):
    """Its base is no part of this workspace."""

    year = 2026


class Filing(models.Model):
    person = models.CharField(max_length=80)
    total = models.DecimalField(max_digits=10, decimal_places=2)

    def is_refund(self) -> bool:
        return self.total < 0
