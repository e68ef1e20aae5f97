import unittest

from chess.clock import FischerTimer, Move


class FischerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.timer = FischerTimer(60)

    def test_press(self) -> None:
        self.assertEqual(self.timer.press(Move("e4", 5)), 57)
        self.assertEqual(self.timer.used, 3)  # ok: CN603 a slot of the base

    def test_push(self) -> None:
        self.timer.push(Move("d4", 1))  # want: CN603
        self.assertEqual(self.timer.budget, 60)

    def test_label(self) -> None:
        self.assertEqual(self.timer.label, "60+2")  # ok: CN603 a cached property

    def test_increment(self) -> None:
        self.assertEqual(FischerTimer.increment, 2.0)  # ok: CN603 a class attribute
        self.assertEqual(FischerTimer.incremnt, 2.0)  # want: CN603

    def test_blitz(self) -> None:
        self.assertEqual(FischerTimer.blitz().budget, 180)  # ok: CN603 an inherited class method

    def test_bullet(self) -> None:
        self.assertEqual(FischerTimer.bullet().budget, 60)  # want: CN603

    def test_move(self) -> None:
        move = Move("Qh5+")
        self.assertTrue(move.is_check())
        self.assertEqual(move._replace(seconds=2).seconds, 2)  # ok: CN603 a named tuple's method
        self.assertEqual(move.count("Qh5+"), 1)  # ok: CN603 a tuple's method

    def test_mate(self) -> None:
        self.assertFalse(Move("Qf7").is_mate())  # want: CN603
