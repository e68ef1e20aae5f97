import datetime


def week(day: datetime.date) -> int:
    return day.isocalendar().week
