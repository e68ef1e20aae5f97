import pytest
from garden.pump import Pump


@pytest.fixture
def clock():
    return AsyncMok()  # want: CN601


def test_water_twice(clock, mocker):
    pin = mocker.Mock()  # ok: CN601 a fixture's attribute
    Pump(pin, clock).water(1)
    assert pin.on.call_count == 1
