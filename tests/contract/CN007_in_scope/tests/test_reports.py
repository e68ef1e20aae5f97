import pytest
from fastapi.testclient import TestClient
from shop.api import app


@pytest.fixture()
def browser():  # want: CN007
    client = TestClient(app, base_url="http://shop.test")
    client.headers["Accept"] = "application/json"
    client.headers["X-Request-Id"] = "test"
    yield client
    client.close()


def test_orders_are_a_list(browser):
    assert isinstance(browser.get("/orders").json(), list)
