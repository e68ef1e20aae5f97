from unittest.mock import Mock

from garden.pump import Pump


class MagicPin:
    def __init__(self) -> None:
        self.state = "off"

    def on(self) -> None:
        self.state = "on"

    def off(self) -> None:
        self.state = "off"


def test_the_pump_waits():
    clock = Mock()
    Pump(MagicPin(), clock).water(5)  # ok: CN601 a class of this module
    clock.sleep.assert_called_once_with(5)
