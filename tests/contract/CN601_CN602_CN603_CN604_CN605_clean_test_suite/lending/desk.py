import datetime
import os


class Desk:
    fine_per_day = 20

    def __init__(self, clock=datetime.date.today) -> None:
        self.clock = clock
        self.loans: dict[str, datetime.date] = {}

    def lend(self, book: str, days: int = 28) -> datetime.date:
        if book in self.loans:
            raise ValueError(book)
        self.loans[book] = self.clock() + datetime.timedelta(days)
        return self.loans[book]

    def give_back(self, book: str) -> int:
        late = (self.clock() - self.loans.pop(book)).days
        return max(0, late) * self.fine_per_day


def branch() -> str:
    return os.environ.get("LENDING_BRANCH", "main")
