import os
import unittest
from unittest import mock

from weather.units import unit


def test_fahrenheit():
    os.environ["WEATHER_UNIT"] = "fahrenheit"  # want: CN604
    assert unit() == "fahrenheit"


def test_default():
    assert unit() == "celsius"


def test_kelvin(monkeypatch):
    monkeypatch.setenv("WEATHER_UNIT", "kelvin")  # ok: CN604 monkeypatch
    assert unit() == "kelvin"


@mock.patch.dict(os.environ, {"WEATHER_UNIT": "rankine"})
def test_rankine():
    os.environ["WEATHER_UNIT"] = "rankine"  # ok: CN604 patch.dict puts it back
    assert unit() == "rankine"


class Units(unittest.TestCase):
    def setUp(self):
        self.addCleanup(os.environ.pop, "WEATHER_UNIT", None)

    def test_reaumur(self):
        os.environ["WEATHER_UNIT"] = "reaumur"  # ok: CN604 addCleanup takes it away
        self.assertEqual(unit(), "reaumur")
