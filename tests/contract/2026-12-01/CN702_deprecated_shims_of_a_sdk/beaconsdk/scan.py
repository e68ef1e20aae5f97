import warnings
from collections.abc import Iterable


def strongest(readings: Iterable[tuple[str, int]], count: int) -> list[str]:
    ranked = sorted(readings, key=lambda reading: reading[1], reverse=True)
    return [name for name, _ in ranked[:count]]


def best_beacon(readings: Iterable[tuple[str, int]]) -> str:
    """Deprecated shim for the 3.x apps, use strongest()."""
    warnings.warn("best_beacon is deprecated", DeprecationWarning, stacklevel=2)
    return strongest(readings, 1)[0]


def weakest(readings: Iterable[tuple[str, int]]) -> str:
    # deprecated shim, to be removed with SDK-1207  # ok: CN702 has a tracker id
    return min(readings, key=lambda reading: reading[1])[0]


def visible(readings: Iterable[tuple[str, int]], floor: int) -> set[str]:
    # deprecated shim, goes away on 2031-01-15  # ok: CN702 a date in the future
    return {name for name, level in readings if level >= floor}
