import unittest

import pytest

from solver.core import solve

PUZZLES = {"small": "abc", "large": "abcdefgh"}


def _case(puzzle: str):
    def run(self):
        self.assertGreater(solve(puzzle), 0)

    return run


for _name, _puzzle in PUZZLES.items():
    globals()[f"Test{_name.title()}"] = type(  # want: CN605
        f"Test{_name.title()}", (unittest.TestCase,), {f"test_{_name}": _case(_puzzle)}
    )


class TestSolver(unittest.TestCase):
    pass


for _name, _puzzle in PUZZLES.items():
    setattr(TestSolver, "test_" + _name, _case(_puzzle))  # want: CN605

setattr(TestSolver, "limit", 3)  # ok: CN605 no test


@pytest.mark.parametrize("puzzle", PUZZLES.values())
def test_solve(puzzle):
    assert solve(puzzle)  # ok: CN605 parametrized
