import os

from fleet.limits import allowed


def test_ceiling(monkeypatch):
    monkeypatch.setenv("FLEET_TOP_SPEED", "60")
    assert os.environ["FLEET_TOP_SPEED"] == "60"  # ok: CN301 a test
    assert not allowed(61, urban=False)
