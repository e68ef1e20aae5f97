import pytest  # ok: CN602 conftest


@pytest.fixture
def line() -> str:
    return "2026-05-01;1500"
