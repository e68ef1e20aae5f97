from choirlist.levels import normalize as normalize_levels
from choirlist.voices import _clean, normalize


def seat(row: dict) -> tuple[str, str]:
    return _clean(row["name"]), normalize(row["voice"])


def prepare(take: list[float]) -> list[float]:
    return normalize_levels(take)[: 48_000 * 60]
