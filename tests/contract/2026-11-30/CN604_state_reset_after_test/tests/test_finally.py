import os

import pytest

from pkg import state


@pytest.fixture(autouse=True)
def reset():
    old = state.LEVEL
    yield
    state.LEVEL = old


def test_level():
    state.LEVEL = 3
    assert state.level() == 3


def test_level_again():
    assert state.level() == 1


def test_region():
    os.environ["REGION"] = "eu"
    try:
        assert state.region() == "eu"
    finally:
        del os.environ["REGION"]


def test_no_region():
    assert state.region() is None
