import pytest  # ok: CN602 a conftest


@pytest.fixture
def plate():
    return "UL-AB 1"
