import os

from portal.tokens import issue


def test_a_token_has_three_parts(monkeypatch):
    monkeypatch.setenv("PORTAL_JWT_SECRET", "secret-of-the-test")
    assert os.environ["PORTAL_JWT_SECRET"]  # ok: CN303 a test
    assert issue("ann").count(".") == 2
