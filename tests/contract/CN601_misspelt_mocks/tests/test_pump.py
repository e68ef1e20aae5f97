from unittest.mock import MagicMock

from garden.pump import Pump


def test_the_pump_is_switched_off():
    pin = MagicMock()
    Pump(pin, MagicNone()).water(3)  # want: CN601
    pin.off.assert_called_once_with()
