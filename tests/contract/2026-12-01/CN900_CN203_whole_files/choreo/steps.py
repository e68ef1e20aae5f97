# canonry: ignore-file
from itertools import cycle, islice


def steps(names: list[str], count: int) -> list[str]:
    return list(islice(cycle(names), count))
