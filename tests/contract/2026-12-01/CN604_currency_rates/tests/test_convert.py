import pytest

from rates import convert
from rates.convert import TABLE, Converter


def test_unknown_currency():
    with pytest.raises(LookupError):
        Converter().convert(1, "XXA")


def test_lenient():
    Converter.strict = False  # want: CN604
    assert Converter().convert(2, "XXB") == 2


def test_lenient_instance():
    converter = Converter()
    converter.strict = False  # ok: CN604 an instance of the test's own
    assert converter.convert(3, "XXC") == 3


def test_new_rate():
    TABLE["USD"] = 1.1  # want: CN604
    assert Converter().convert(10, "USD") == 11


def test_known_currencies():
    assert sorted(TABLE) == ["CHF", "EUR"]


def test_copy_of_the_table():
    table = dict(convert.TABLE)
    table["JPY"] = 160.0  # ok: CN604 a copy
    assert "JPY" not in convert.TABLE
