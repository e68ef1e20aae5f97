from unittest.mock import MagicMock, Mock

from market.cart import Cart, GiftCart
from market.proxy import CartProxy


def test_total():
    cart = Cart("ann")
    cart.add_item("bolt", 20)
    assert cart.total == 20
    assert cart.changed  # ok: CN603 a method assigns it


def test_many_items():
    cart = Cart("ann")
    cart.add_itmes("bolt", 20)  # want: CN603
    assert len(cart.lines) == 1  # ok: CN603 a field


def test_sum():
    cart = GiftCart("bob")
    cart.add_item("nut", 5)  # ok: CN603 inherited
    assert cart.totals == 5  # want: CN603
    assert cart.wrap() == "for bob"


def test_proxy():
    assert CartProxy(Cart("ann")).checkout  # ok: CN603 the class has __getattr__


def test_mocks():
    loose = MagicMock()
    loose.checkout()  # ok: CN603 a mock without spec
    strict = Mock(spec=Cart)
    strict.checkout()  # want: CN603
