import unittest

from station.formats import STYLES, encode


class FormatBase(unittest.TestCase):
    style = "plain"

    def test_empty(self):
        self.assertIsInstance(encode({}, self.style), str)


def _holds(key: str):
    return lambda self: self.assertIn(key, encode({key: 1.0}, self.style))


TestHumidity = type("TestHumidity", (FormatBase,), {f"test_{key}": _holds(key) for key in ("rh", "dew")})  # want: CN605

TestJson = type("TestJson", (FormatBase,), {"style": "json"})  # ok: CN605 no test of a computed name

Sensor = type("Sensor", (), {"name": "s1", "read": lambda self: 4.0})  # ok: CN605 a stub


def install(cls: type, keys: list[str]) -> None:
    for key in keys:
        setattr(cls, "test_wind_" + key, _holds(key))  # want: CN605


class TestWind(unittest.TestCase):
    style = STYLES[0]

    def test_sensor(self):
        kind = type(Sensor())  # ok: CN605 asks for a type
        self.assertEqual(f"{kind.__name__}", "Sensor")


install(TestWind, ["gust", "mean"])
