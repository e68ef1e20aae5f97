import pytest

from shop.cart import Cart


@pytest.fixture
def empty_cart(request):  # ok: CN007 it overrides with what it does otherwise
    cart = Cart(request.param)
    yield cart
    cart.lines.clear()


@pytest.mark.parametrize("empty_cart", ["EUR", "USD"], indirect=True)
def test_nothing(empty_cart):
    assert empty_cart.pieces() == 0


def test_something(filled_cart):
    assert filled_cart.pieces() == 3
