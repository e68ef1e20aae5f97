from unittest.mock import MagicMock

from depot.truck import Truck


def test_arrive():
    radio = MagicMok()  # want: CN601 MagicMock
    Truck(radio).arrive()
    radio.say.assert_called_once_with("here")


def test_quiet():
    radio = MagicMock()  # ok: CN601 imported
    Truck(radio)
    radio.say.assert_not_called()
