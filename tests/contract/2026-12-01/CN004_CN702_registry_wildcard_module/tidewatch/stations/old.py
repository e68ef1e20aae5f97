import csv
from urllib.request import urlopen


def download_levels(station: str) -> list[float]:  # want: CN004
    with urlopen(f"https://tides.example.org/{station}.csv") as reply:
        text = reply.read().decode("latin-1")
    return [float(row["level"]) for row in csv.DictReader(text.splitlines())]


class CsvStation:  # want: CN004
    def __init__(self, name: str) -> None:
        self.name = name

    def highest(self, values: list[float]) -> float:
        return max(values, default=0.0)
