from units.convert import convert  # want: CN602


class TestTimes:
    def __init__(self, hours: float = 1) -> None:
        self.hours = hours

    def test_minutes(self) -> None:
        assert convert(self.hours, "h", "min") == 60 * self.hours
