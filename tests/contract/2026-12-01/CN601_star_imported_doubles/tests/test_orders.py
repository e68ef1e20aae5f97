from tests.doubles import *  # noqa: F403

from exchange.orders import Order, route


def test_route_sends_once():
    venue = MagicMock()  # ok: CN601 comes with the star import
    route(Order("ACME", 5), venue)
    venue.submit.assert_called_once()


def test_route_big_order_is_split():
    venue = MagicStock()  # ok: CN601 comes with the star import
    route(Order("ACME", 500), venue)
    assert venue.submit.call_count == 5


def test_clock():
    with patch("exchange.orders.now", return_value=0):  # ok: CN601 comes with the star import
        assert Order("X", 1).age() == 0
