import unittest

from chess.moves import count

CASES = {"corner": (0, 0, 2), "edge": (0, 3, 4), "centre": (3, 3, 8)}


class KnightTest(unittest.TestCase):
    pass


def _case(column: int, row: int, expected: int):
    def run(self) -> None:
        self.assertEqual(count("knight", column, row), expected)

    return run


for _name, _values in CASES.items():
    setattr(KnightTest, f"test_knight_in_{_name}", _case(*_values))  # want: CN605
