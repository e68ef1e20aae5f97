import unittest

import pytest

from units import convert as module
from units.convert import FACTORS, convert, symbols


class TestFactors(unittest.TestCase):
    def test_symbols(self):
        self.assertIn("km", symbols())


def make_case(source: str, target: str, factor: float):
    def case(self):
        self.assertEqual(convert(2, source, target), 2 * factor)

    return case


for (_source, _target), _factor in FACTORS.items():
    setattr(TestFactors, f"test_{_source}_to_{_target}", make_case(_source, _target, _factor))  # want: CN605

setattr(TestFactors, "longMessage", True)  # ok: CN605 a literal name, and no test


@pytest.mark.parametrize("pair", FACTORS, ids=lambda pair: f"test_{pair[0]}")  # ok: CN605 parametrize
def test_zero(pair):
    assert convert(0, *pair) == 0


@pytest.mark.parametrize("name", ["convert", "symbols"])
def test_patching(monkeypatch, name):
    monkeypatch.setattr(module, f"{name}", None)  # ok: CN605 patches a module, attaches no test
    assert getattr(module, name) is None


class Bench:
    pass


def test_bench_fields():
    bench = Bench()
    for unit in sorted(symbols()):
        setattr(bench, f"unit_{unit}", unit)  # ok: CN605 a field of an object
    assert vars(bench)["unit_km"] == "km"
