import pytest

from shop.cart import Cart


@pytest.fixture
def cart_with_things():  # want: CN007 filled_cart
    cart = Cart("EUR")
    cart.add("tea", 2)
    cart.add("cup")
    return cart


@pytest.fixture
def dollar_cart():  # ok: CN007 another currency, and nothing is in it
    cart = Cart("USD")
    cart.add("coffee", 7)
    return cart


def test_pieces(cart_with_things, dollar_cart):
    assert cart_with_things.pieces() == 3
    assert dollar_cart.pieces() == 7
