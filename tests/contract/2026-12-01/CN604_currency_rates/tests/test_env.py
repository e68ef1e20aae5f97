import os
from unittest import mock

from rates import config
from rates.convert import describe


def test_lower_case_is_accepted():
    os.environ["BASE_CURRENCY"] = "eur"  # want: CN604
    assert config.base_currency() == "EUR"


def test_description():
    assert describe() == "1 EUR"


def test_precision(monkeypatch):
    monkeypatch.setenv("RATE_PRECISION", "2")  # ok: CN604 monkeypatch resets it
    assert config.precision() == 2


def test_precision_default():
    with mock.patch.dict(os.environ, {"RATE_PRECISION": "6"}):  # ok: CN604 patch.dict resets it
        assert config.precision() == 6


def test_precision_zero():
    before = os.environ.get("RATE_PRECISION", "4")
    try:
        os.environ["RATE_PRECISION"] = "0"  # ok: CN604 reset in finally
        assert config.precision() == 0
    finally:
        os.environ["RATE_PRECISION"] = before


def test_proxy():
    os.environ["RATE_PROXY_UNUSED"] = "x"  # ok: CN604 nothing else reads it
    assert "RATE_PROXY_UNUSED" in os.environ
