from fastapi.testclient import TestClient

from site.main import app


def test_static():
    client = TestClient(app)
    client.get("/static/logo.png")
    client.get("/docs")
    assert client.get("/quotes/a?day=1").status_code == 200
