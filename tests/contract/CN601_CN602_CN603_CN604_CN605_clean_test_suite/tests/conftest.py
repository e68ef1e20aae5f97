import datetime

import pytest
from lending.desk import Desk


class Clock:
    def __init__(self) -> None:
        self.today = datetime.date(2026, 5, 4)

    def __call__(self) -> datetime.date:
        return self.today


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock) -> Desk:
    return Desk(clock)
