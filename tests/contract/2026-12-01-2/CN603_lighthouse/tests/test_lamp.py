from unittest.mock import MagicMock, Mock, create_autospec

import pytest

from lighthouse.keeper import Keeper
from lighthouse.lamp import Colour, Flash, Lamp, RotatingLamp


@pytest.fixture
def lamp() -> Lamp:
    return Lamp(Colour.RED, [Flash(0.5, 2.5)])


def test_light(lamp: Lamp):
    lamp.light()
    assert lamp.lit  # ok: CN603 a field


def test_switch_off(lamp: Lamp):
    lamp.switch_off()  # want: CN603
    assert not lamp.lit


def test_period(lamp: Lamp):
    assert lamp.period == 3.0  # ok: CN603 a property


def test_steady_lamp():
    lamp = Lamp.steady()
    assert lamp.colour.name == "WHITE"  # ok: CN603 of every enum member
    assert lamp.rhythm[0]._replace(off=1.0).off == 1.0  # ok: CN603 of every named tuple


def test_blinking():
    assert Lamp.blinking().period > 0  # want: CN603


def test_rotating():
    lamp = RotatingLamp(Colour.WHITE, [])
    lamp.light()  # ok: CN603 inherited
    lamp.turn(90)
    assert lamp.last_turn == 15  # ok: CN603 set in a method


def test_keeper_sees_lamp(lamp: Lamp):
    keeper = Keeper(lamp, horn=Mock())
    assert keeper.period == 3.0  # ok: CN603 __getattr__
    keeper.horn.sound.assert_not_called()  # ok: CN603 a mock without spec


def test_dusk():
    lamp = create_autospec(Lamp, instance=True)
    Keeper(lamp, horn=None).dusk()
    lamp.ignite.assert_called_once()  # want: CN603


def test_dawn():
    lamp = MagicMock(spec=Lamp)
    lamp.extinguish()
    lamp.extinguish.assert_called_once_with()  # ok: CN603 the member is there
