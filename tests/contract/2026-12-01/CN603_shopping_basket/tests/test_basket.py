from dataclasses import asdict
from decimal import Decimal

from shop.basket import Basket, Line, State


def test_add():
    basket = Basket("Ada")
    basket.add_line("tea", "3.20")
    assert basket.lines == [Line("tea", Decimal("3.20"))]  # ok: CN603 a dataclass field


def test_add_many():
    basket = Basket("Bo")
    basket.add_lines("tea", "milk")  # want: CN603
    assert len(basket.lines) == 2


def test_total():
    basket = Basket("Cy", [Line("rice", Decimal(2), 3)])
    assert basket.total == 6  # ok: CN603 an inherited property
    assert basket.discounted(50) == 3  # ok: CN603 an inherited method


def test_total_price():
    basket = Basket("Di")
    assert basket.total_price == 0  # want: CN603


def test_touched():
    basket = Basket("Ed")
    basket.add_line("salt", "1")
    assert basket._touched  # ok: CN603 assigned in add_line


def test_state():
    assert Basket("Flo").state is State.OPEN  # ok: CN603 a member of the enumeration
    assert State.PAID.value == "paid"  # ok: CN603 what every enumeration member has


def test_state_after_checkout():
    assert Basket("Gus").state is not State.CLOSED  # want: CN603


def test_as_dict():
    basket = Basket("Hal")
    assert asdict(basket)["owner"] == "Hal"
    assert basket.__dict__["state"] is State.OPEN  # ok: CN603 every object has it


def test_note():
    basket = Basket("Ida")
    setattr(basket, "note", "gift")
    assert basket.note == "gift"  # ok: CN603 setattr gives it
