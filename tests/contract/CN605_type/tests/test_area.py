import unittest

from shapes.area import area

SIZES = (1, 2, 3)


def check(size):
    def run(self):
        self.assertEqual(area("square", size), size * size)

    return run


SquareTest = type("SquareTest", (unittest.TestCase,), {f"test_size_{size}": check(size) for size in SIZES})  # want: CN605
