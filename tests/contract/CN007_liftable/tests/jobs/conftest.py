import pytest
from billing import clock


@pytest.fixture
def frozen_clock(monkeypatch):
    moments = iter(range(1_700_000_000, 1_700_001_000, 60))
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    monkeypatch.setattr(clock, "zone", lambda: "UTC")
    return moments


@pytest.fixture(params=["csv", "json"])
def export(request, tmp_path):
    path = tmp_path / f"export.{request.param}"
    path.write_text("")
    return path
