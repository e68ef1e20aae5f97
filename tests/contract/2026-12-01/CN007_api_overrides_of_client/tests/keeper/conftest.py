import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def client(client: TestClient) -> TestClient:  # ok: CN007 extends the fixture that it overrides
    client.headers["x-keeper"] = "ann"
    return client


@pytest.fixture
def hive_names(tmp_path):  # want: CN007
    path = tmp_path / "hives.txt"
    path.write_text("linden\nclover\n")
    names = path.read_text().split()
    names.append("heather")
    return sorted(names)


@pytest.fixture(autouse=True)
def calm_weather(monkeypatch: pytest.MonkeyPatch) -> None:  # ok: CN007 its own job
    monkeypatch.setenv("APIARY_WIND", "calm")
