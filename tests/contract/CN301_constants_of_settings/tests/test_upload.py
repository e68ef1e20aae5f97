import os

from moto.upload import sender


def test_sender(monkeypatch):
    monkeypatch.setenv("MOTO_MAIL_FROM", "a@b.example")
    assert os.environ["MOTO_MAIL_FROM"] == sender()  # ok: CN301 a test
