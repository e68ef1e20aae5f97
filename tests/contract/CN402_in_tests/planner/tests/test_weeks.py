import datetime

from planner.weeks import week  # ok: CN402 absolute

from ..weeks import week as same  # want: CN402


def test_the_first_week():
    assert week(datetime.date(2026, 1, 1)) == same(datetime.date(2026, 1, 1)) == 1
