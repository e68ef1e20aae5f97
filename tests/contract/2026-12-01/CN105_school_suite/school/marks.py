from collections.abc import Iterable


def mean(marks: Iterable[int]) -> float:
    values = list(marks)
    return sum(values) / len(values) if values else 0.0
