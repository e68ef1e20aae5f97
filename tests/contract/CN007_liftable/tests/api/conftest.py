import pytest
from billing import clock


@pytest.fixture
def frozen_clock(monkeypatch):
    moments = iter(range(1_700_000_000, 1_700_001_000, 60))
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    monkeypatch.setattr(clock, "zone", lambda: "UTC")
    return moments
