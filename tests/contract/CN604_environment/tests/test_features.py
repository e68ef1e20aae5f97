import os
from unittest.mock import patch

from flags.features import checkout_enabled, search_enabled


def test_checkout_can_be_switched_on():
    os.environ["FEATURE_CHECKOUT"] = "1"  # want: CN604
    assert checkout_enabled()


def test_checkout_is_off():
    assert not checkout_enabled()


def test_search_can_be_switched_on(monkeypatch):
    monkeypatch.setenv("FEATURE_SEARCH", "1")  # ok: CN604 monkeypatch resets it
    assert search_enabled()


def test_search_with_a_patch():
    with patch.dict(os.environ, {"FEATURE_SEARCH": "1"}):  # ok: CN604 the with statement resets it
        assert search_enabled()


def test_search_by_hand():
    os.environ["FEATURE_SEARCH"] = "1"  # ok: CN604 reset in finally
    try:
        assert search_enabled()
    finally:
        del os.environ["FEATURE_SEARCH"]


def test_search_is_off():
    assert not search_enabled()
