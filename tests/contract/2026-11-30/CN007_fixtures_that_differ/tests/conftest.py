import pytest


@pytest.fixture(scope="session")
def server():  # ok: CN007 scope, params, override with other values
    handle = {"port": 8000, "host": "localhost", "open": True}
    yield handle
    handle["open"] = False


@pytest.fixture
def user():
    return {"name": "a", "role": "reader"}
