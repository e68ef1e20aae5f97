import pytest

from shop.cart import Cart


@pytest.fixture
def filled_cart():
    cart = Cart("EUR")
    cart.add("tea", 2)
    cart.add("cup")
    return cart


@pytest.fixture
def empty_cart():
    return Cart("EUR")
