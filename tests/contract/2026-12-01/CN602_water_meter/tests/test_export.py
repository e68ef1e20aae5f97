from meter.reading import Reading  # want: CN602


class TestExport:
    def __init__(self) -> None:
        self.rows = [Reading(1), Reading(2)]

    def test_sum(self):
        assert sum(row.litres for row in self.rows) == 3
