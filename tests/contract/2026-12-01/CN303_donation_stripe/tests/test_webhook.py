import os

from donations.webhook import verify


def test_wrong_signature(monkeypatch):
    monkeypatch.setenv("PSP_WEBHOOK_SECRET", "s")
    assert os.environ["PSP_WEBHOOK_SECRET"] == "s"  # ok: CN303 a test
    assert not verify(b"{}", "00")
