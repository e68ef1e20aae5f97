import pytest
from shapes.area import area


@pytest.mark.parametrize("size", [1, 2, 3])
def test_circle(size):  # ok: CN605 parametrize
    assert area("circle", size) > 3 * size**2


@pytest.mark.parametrize("shape", ["circle", "square"], ids=lambda shape: f"test_{shape}")
def test_nothing(shape):  # ok: CN605 computed ids, not names
    assert area(shape, 0) == 0
