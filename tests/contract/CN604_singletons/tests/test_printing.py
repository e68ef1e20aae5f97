import pytest
from printer import state as module
from printer.state import COPIES, can_print, page_width, state


@pytest.fixture
def narrow():
    before = module.margin
    module.margin = 50  # ok: CN604 a yield fixture resets it
    yield
    module.margin = before


def test_no_paper():
    state.paper = 0  # want: CN604
    assert not can_print(1)


def test_enough_paper():
    assert can_print(1)


def test_two_copies():
    COPIES["default"] = 2  # want: CN604
    assert COPIES["default"] == 2


def test_one_copy():
    assert COPIES["default"] == 1


def test_narrow(narrow):
    assert page_width() == 110


def test_wide():
    assert page_width() == 190
