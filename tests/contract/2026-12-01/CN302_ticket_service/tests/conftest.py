import os

import pytest


@pytest.fixture
def broker() -> str:
    return os.getenv("TEST_BROKER_URL", "amqp://guest:guest@localhost//")  # ok: CN302 a test
