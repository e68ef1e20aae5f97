import pytest


@pytest.fixture
def server():
    handle = {"port": 8000, "host": "localhost", "open": True}
    yield handle
    handle["open"] = False


def test_port(server):
    assert server["port"] == 8000
