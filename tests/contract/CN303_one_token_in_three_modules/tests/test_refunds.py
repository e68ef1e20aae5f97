import os

from bakery.refunds import refund


def test_refund(monkeypatch):
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test")
    assert os.environ["STRIPE_SECRET_KEY"]  # ok: CN303 a test
    assert refund
