import pytest
from fastapi.testclient import TestClient
from shop.api import app


@pytest.fixture
def api_client():  # want: CN007
    client = TestClient(app, base_url="http://shop.test")
    client.headers["Accept"] = "application/json"
    client.headers["X-Request-Id"] = "test"
    yield client
    client.close()


def test_no_orders(api_client):
    assert api_client.get("/orders").json() == []
