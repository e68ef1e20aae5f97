import unittest

from bird.song import sing


class Song(unittest.TestCase):
    def test_twice(self):
        self.assertEqual(sing(2), "tweet tweet ")
