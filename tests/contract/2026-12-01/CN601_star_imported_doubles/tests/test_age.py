from unittest import mock

from exchange.orders import Order


def test_age_is_measured():
    with mock.patch("exchange.orders.now", side_effect=[10, 14]):  # ok: CN601 mock is imported
        order = Order("Y", 2)
        assert order.age() == 4


def test_age_with_a_clock():
    clock = PropertyMock(return_value=3)  # want: CN601
    with mock.patch("exchange.orders.now", clock):
        assert Order("Z", 1).age() == 0


@patch("exchange.orders.now", lambda: 1)  # want: CN601
def test_age_never_moves():
    assert Order("Q", 9).age() == 0
