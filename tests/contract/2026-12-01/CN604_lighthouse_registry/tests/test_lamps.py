import pytest

from beacon import registry


@pytest.fixture(autouse=True)
def no_lamps():
    registry.LAMPS.clear()
    yield
    registry.LAMPS.clear()


def test_first_lamp():
    registry.LAMPS.append("red")  # ok: CN604 the autouse fixture clears the list
    assert registry.register("green") == 2


def test_numbering():
    assert registry.register("white") == 1
