import pytest

from ferry.timetable import Timetable


@pytest.fixture
def timetable() -> Timetable:
    table = Timetable("Harwich")
    table.add("08:00", 40)
    table.add("12:30", 40)
    table.add("18:15", 25)
    return table


@pytest.fixture(scope="session")
def winter_table() -> Timetable:
    table = Timetable("Harwich winter")
    table.add("10:00", 20)
    table.add("16:00", 20)
    table.add("17:00", 5)
    return table
