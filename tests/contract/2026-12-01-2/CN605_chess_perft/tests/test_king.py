import unittest

import pytest

from chess import moves
from chess.moves import Board, count


@pytest.mark.parametrize(("column", "row", "expected"), [(0, 0, 3), (4, 0, 5), (4, 4, 8)])
def test_king(column, row, expected):
    assert count("king", column, row) == expected


def test_square_names(monkeypatch):
    board = Board({"e4": "king"})
    for square in ("a1", "h8"):
        setattr(board, f"square_{square}", "knight")  # ok: CN605 an attribute of the object under test
    monkeypatch.setattr(moves, "KING", [(0, 1)])
    assert count("king", 0, 0) == 1
    assert board.square_a1 == "knight"


def _everywhere(self) -> None:
    for column in range(8):
        self.assertGreaterEqual(count("king", column, 4), 5)


def _suite(side: str) -> type[unittest.TestCase]:
    return type(f"Test{side.title()}King", (unittest.TestCase,), {f"test_{side}_everywhere": _everywhere})  # want: CN605


TestWhiteKing = _suite("white")
TestBlackKing = _suite("black")
