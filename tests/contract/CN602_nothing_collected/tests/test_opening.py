import unittest  # ok: CN602 unittest's classes are collected whatever their name

from parking.gates import Gate


class OpeningHours(unittest.TestCase):
    def test_closed_at_first(self):
        self.assertFalse(Gate().open)
