from decimal import Decimal

from courier.money import round_half_up, split_evenly


def test_halves_are_rounded_up() -> None:
    assert round_half_up(Decimal("2.345")) == Decimal("2.35")


def test_parts_add_up() -> None:
    assert sum(split_evenly(Decimal("10.00"), 3)) == Decimal("10.00")
