import pytest

from studio.camera import Camera


@pytest.fixture
def camera() -> Camera:
    return Camera("50 mm")
