from fastapi.testclient import TestClient
from kiosk.api import app
from kiosk.security import get_clerk

app.dependency_overrides[get_clerk] = lambda: "ann"
client = TestClient(app)


def test_health():
    assert client.get("/health").json() == "ok"  # ok: CN507 served


def test_issues():
    assert client.get("/magazines/3/issues").json() == []  # ok: CN507 served


def test_removal():
    assert client.delete("/magazines/3").status_code == 204  # ok: CN507 served
