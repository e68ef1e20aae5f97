import os

from newsletter.links import is_valid, sign


def test_signature_round_trip(monkeypatch):
    monkeypatch.setenv("UNSUBSCRIBE_SECRET", "s3cret")
    assert os.environ["UNSUBSCRIBE_SECRET"] == "s3cret"  # ok: CN303 tests do not count
    assert is_valid("ada@news.example", sign("ada@news.example"))


def test_other_address(monkeypatch):
    monkeypatch.setenv("UNSUBSCRIBE_SECRET", "s3cret")
    assert not is_valid("bob@news.example", sign("ada@news.example"))
