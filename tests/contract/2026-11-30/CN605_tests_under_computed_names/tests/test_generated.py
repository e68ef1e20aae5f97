import unittest

CASES = [("one", 1), ("two", 2)]


class TestNumbers(unittest.TestCase):
    pass


def _make(value):
    def test(self):
        self.assertGreater(value, 0)

    return test


for name, value in CASES:
    setattr(TestNumbers, f"test_{name}", _make(value))  # want: CN605
