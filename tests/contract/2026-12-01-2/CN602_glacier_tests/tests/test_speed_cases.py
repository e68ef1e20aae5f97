import unittest

from glacier.flow import surface_speed


class SpeedCase(unittest.TestCase):
    """Collected by its base, whatever its name."""

    def test_steeper_is_faster(self):
        self.assertGreater(surface_speed(200, 0.2), surface_speed(200, 0.1))

    def test_thicker_is_faster(self):
        self.assertGreater(surface_speed(300, 0.1), surface_speed(200, 0.1))
