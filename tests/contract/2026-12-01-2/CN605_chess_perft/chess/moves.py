"""Counts moves of chess pieces on an empty board."""
from __future__ import annotations

KNIGHT = [(1, 2), (2, 1), (-1, 2), (-2, 1), (1, -2), (2, -1), (-1, -2), (-2, -1)]
KING = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]


def count(piece: str, column: int, row: int) -> int:
    steps = KNIGHT if piece == "knight" else KING
    return sum(0 <= column + a < 8 and 0 <= row + b < 8 for a, b in steps)


class Board:
    def __init__(self, names: dict[str, str]) -> None:
        for square, piece in names.items():
            setattr(self, f"square_{square}", piece)  # ok: CN605 an attribute of no test
