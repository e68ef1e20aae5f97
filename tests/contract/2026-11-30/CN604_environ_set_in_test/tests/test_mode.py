import os

from app.mode import mode


def test_fast():
    os.environ["APP_MODE"] = "fast"  # want: CN604
    assert mode() == "fast"


def test_default():
    assert mode() == "normal"


def test_with_monkeypatch(monkeypatch):
    monkeypatch.setenv("APP_MODE", "slow")
    assert mode() == "slow"
