import pytest

from ferry.timetable import Timetable


@pytest.fixture()
def full_day() -> Timetable:  # want: CN007
    day = Timetable("Harwich")
    day.add("08:00", 40)
    day.add("12:30", 40)
    day.add("18:15", 25)
    return day


@pytest.fixture
def empty_day() -> Timetable:  # ok: CN007 another value
    return Timetable("Harwich")


def test_day_lists_sailings(full_day: Timetable) -> None:
    assert list(full_day.sailings) == ["08:00", "12:30", "18:15"]


def test_empty_day(empty_day: Timetable) -> None:
    assert empty_day.sailings == {}
