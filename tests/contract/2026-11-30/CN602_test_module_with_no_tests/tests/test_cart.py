"""Tests of the cart."""
from shop.cart import total


class CartChecks:
    def verify_total(self):
        assert total([1, 2]) == 3


def check_empty():
    assert total([]) == 0
