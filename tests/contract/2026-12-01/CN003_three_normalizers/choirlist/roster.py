from collections import Counter

from choirlist.levels import _clean
from choirlist.voices import normalize


def balance(rows: list[dict]) -> Counter[str]:
    return Counter(normalize(row["voice"]) for row in rows)


def loudest(take: list[float]) -> float:
    return max(_clean(take), default=0.0)
