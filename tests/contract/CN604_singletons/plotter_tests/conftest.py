import pytest
from plotter.pens import PENS


@pytest.fixture(autouse=True)
def pens():
    before = dict(PENS)
    yield
    PENS.clear()
    PENS.update(before)
