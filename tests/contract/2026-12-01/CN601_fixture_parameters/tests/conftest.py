import pytest

from dispatch.radio import Radio


@pytest.fixture
def mocks():
    """Every listener that a test asked for."""
    from unittest.mock import MagicMock as Double

    return [Double(name=f"listener {number}") for number in range(3)]  # ok: CN601 an alias, imported in the function


@pytest.fixture
def radio(mocks):
    device = Radio(16)
    for mock in mocks:  # ok: CN601 the loop's own name and the fixture's parameter
        device.hear(mock)  # ok: CN601 the loop's own name
    return device
