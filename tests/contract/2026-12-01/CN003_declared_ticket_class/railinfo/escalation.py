from datetime import datetime

from railinfo.support import Ticket


def overdue(cases: list[Ticket], now: datetime) -> list[Ticket]:
    return [case for case in cases if not case.answers and case.age_hours(now) > 48]
