import pytest
from fastapi.testclient import TestClient
from shop.api import app


@pytest.fixture(scope="session")
def admin_client():  # ok: CN007 lives as long as the session
    client = TestClient(app, base_url="http://shop.test")
    client.headers["Accept"] = "application/json"
    client.headers["X-Request-Id"] = "test"
    yield client
    client.close()


@pytest.fixture
def stock_file(tmp_path, admin_client):  # ok: CN007 overrides it to do something else
    for name in admin_client.get("/orders").json():
        (tmp_path / f"{name}.lock").touch()
    return tmp_path / "missing.csv"


def test_admin(admin_client, stock_file):
    assert admin_client.get("/orders").status_code == 200
    assert not stock_file.exists()
