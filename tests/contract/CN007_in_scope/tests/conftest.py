import pytest
from fastapi.testclient import TestClient
from shop.api import app


@pytest.fixture
def api_client():
    client = TestClient(app, base_url="http://shop.test")
    client.headers["Accept"] = "application/json"
    client.headers["X-Request-Id"] = "test"
    yield client
    client.close()


@pytest.fixture
def stock_file(tmp_path):
    path = tmp_path / "stock.csv"
    path.write_text("article,count\nbolt,3\n")
    return path
