"""Tests of the fuel pump."""
from unittest.mock import *  # noqa: F403

from pump.meter import Meter


def test_tick_reports():
    display = MagicMock()  # ok: CN601 by the star import
    meter = Meter(display)
    meter.tick(3)
    display.show.assert_called_with(3)


def test_reset():
    with patch.object(Meter, "tick") as tick:  # ok: CN601 by the star import
        meter = Meter(MagicMock())
        meter.reset()
    tick.assert_not_called()
