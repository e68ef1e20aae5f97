import datetime  # ok: CN602 has tests
from unittest.mock import Mock, patch

import pytest
from lending.desk import Desk, branch


@pytest.mark.parametrize(("days", "day"), [(1, 5), (7, 11)])
def test_lend(desk: Desk, days: int, day: int):  # ok: CN605 parametrize
    assert desk.lend("Momo", days) == datetime.date(2026, 5, day)  # ok: CN603 a method


def test_twice(desk: Desk):
    desk.lend("Momo")
    with pytest.raises(ValueError, match="Momo"):
        desk.lend("Momo")


def test_a_fine(desk: Desk, clock):
    desk.lend("Momo", 1)
    clock.today = datetime.date(2026, 5, 8)  # ok: CN604 each test has its own clock
    assert desk.give_back("Momo") == 3 * desk.fine_per_day  # ok: CN603 a class attribute


def test_another_fine(desk: Desk, clock, monkeypatch):
    monkeypatch.setattr(Desk, "fine_per_day", 50)  # ok: CN604 monkeypatch resets it
    desk.lend("Momo", 0)
    clock.today += datetime.timedelta(1)
    assert desk.give_back("Momo") == 50


def test_the_clock_is_asked():
    asked = Mock(return_value=datetime.date(2026, 1, 1))  # ok: CN601 imported
    Desk(asked).lend("Momo")
    asked.assert_called_once_with()  # ok: CN603 a mock without spec


def test_branch():
    with patch.dict("os.environ", {"LENDING_BRANCH": "north"}):  # ok: CN604 the with statement resets it
        assert branch() == "north"


def test_usual_branch(monkeypatch):
    monkeypatch.delenv("LENDING_BRANCH", raising=False)
    assert branch() == "main"
