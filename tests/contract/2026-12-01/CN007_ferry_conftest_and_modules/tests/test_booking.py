import pytest

from ferry.timetable import Timetable


@pytest.fixture
def timetable() -> Timetable:  # want: CN007
    table = Timetable("Harwich")
    table.add("08:00", 40)
    table.add("12:30", 40)
    table.add("18:15", 25)
    return table


@pytest.fixture
def winter_table() -> Timetable:  # ok: CN007 another scope than the one of the conftest
    table = Timetable("Harwich winter")
    table.add("10:00", 20)
    table.add("16:00", 20)
    table.add("17:00", 5)
    return table


def test_booking_takes_seats(timetable: Timetable) -> None:
    assert timetable.book("08:00", 4) == 36


def test_full_in_winter(winter_table: Timetable) -> None:
    with pytest.raises(ValueError):
        winter_table.book("17:00", 6)
