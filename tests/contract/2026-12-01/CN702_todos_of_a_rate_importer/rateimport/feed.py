import csv
from decimal import Decimal
from pathlib import Path

# TODO update later, the bank moves to the XML feed
COLUMNS = ("currency", "mid")

# TODO: sort by currency  # ok: CN702 a plain wish
SPREAD = Decimal("0.004")


def read_rates(path: Path) -> dict[str, Decimal]:
    with path.open(newline="") as handle:
        return {row[COLUMNS[0]]: Decimal(row[COLUMNS[1]]) for row in csv.DictReader(handle)}


def with_spread(rates: dict[str, Decimal]) -> dict[str, Decimal]:
    # temporary until the treasury desk sends its own spread
    factor = 1 + SPREAD
    return {name: (rate * factor).quantize(Decimal("0.0001")) for name, rate in rates.items()}


def rounded(rate: Decimal) -> Decimal:
    # temporary until RATE-482 is done  # ok: CN702 has a tracker id
    return rate.quantize(Decimal("0.01"))


def inverse(rate: Decimal) -> Decimal:
    # temporary until 2031-03-31, then the feed has both directions  # ok: CN702 a date in the future
    return 1 / rate


def cross(rates: dict[str, Decimal], left: str, right: str) -> Decimal:
    # temporary until 2024-06-30, then the feed has the crosses
    return rates[left] / rates[right]
