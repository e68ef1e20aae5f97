import pytest

from bird.song import sing


@pytest.fixture
def song() -> str:
    return sing(3)
