import datetime


def skip(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(max(0, 7 - day.isoweekday()) if day.isoweekday() > 5 else 0)
