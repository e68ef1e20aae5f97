import os

import pytest


@pytest.fixture
def broker():
    return os.environ.get("BROKER_URL", "redis://localhost:6379/9")  # ok: CN302 a test
