from datetime import date, timedelta


def month_bounds(day: date) -> tuple[date, date]:
    """The first and the last day of the month that holds `day`."""
    first = day.replace(day=1)
    if first.month == 12:
        following = first.replace(year=first.year + 1, month=1)
    else:
        following = first.replace(month=first.month + 1)
    last = following - timedelta(days=1)
    return first, last


def quarter_of(day: date) -> int:
    return (day.month - 1) // 3 + 1
