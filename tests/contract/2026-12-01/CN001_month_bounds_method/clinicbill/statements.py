from datetime import date, timedelta


class StatementBuilder:
    def __init__(self, visits: list[tuple[date, int]]) -> None:
        self.visits = visits

    def calendar_span(self, when: date) -> tuple[date, date]:
        """First and last day of the month of `when`."""
        start = when.replace(day=1)
        if start.month == 12:
            upcoming = start.replace(year=start.year + 1, month=1)
        else:
            upcoming = start.replace(month=start.month + 1)
        end = upcoming - timedelta(days=1)
        return start, end

    def total(self, when: date) -> int:
        start, end = self.calendar_span(when)
        return sum(cents for day, cents in self.visits if start <= day <= end)
