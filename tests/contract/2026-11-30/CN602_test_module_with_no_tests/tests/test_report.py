import pytest  # want: CN602

from shop.cart import total


@pytest.fixture
def items():
    return [1, 2, 3]


def _test_sum(items):
    assert total(items) == 6


if __name__ == "__main__":
    print(total([1]))
