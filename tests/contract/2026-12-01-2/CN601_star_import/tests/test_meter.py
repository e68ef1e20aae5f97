import pytest

from pump.meter import Meter


class Display:
    def __init__(self) -> None:
        self.shown: list[float] = []

    def show(self, litres: float) -> None:
        self.shown.append(litres)


@pytest.fixture
def display() -> Display:
    return Display()


def test_sum(display):
    meter = Meter(display)
    meter.tick(1.5)
    meter.tick(2.5)
    assert display.shown == [1.5, 4.0]


@patch("pump.meter.LIMIT", 10)  # want: CN601
def test_limit(display):
    meter = Meter(display)
    with pytest.raises(OverflowError):
        meter.tick(11)


def test_any_argument():
    display = Display()
    Meter(display).tick(2)
    assert display.shown == [ANY]  # want: CN601
