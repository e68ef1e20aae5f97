import datetime


def calendar_day(offset: int = 0) -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(offset)


def draws(count: int) -> list[datetime.date]:
    first = datetime.date.today()  # want: CN703
    return [first + datetime.timedelta(7 * week) for week in range(count)]


def next_draw() -> datetime.date:
    return calendar_day(7)  # ok: CN703 the correct form
