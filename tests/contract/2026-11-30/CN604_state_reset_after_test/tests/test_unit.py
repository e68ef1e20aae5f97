import os
import unittest
from unittest import mock

from pkg import state


class RegionTest(unittest.TestCase):
    def setUp(self):
        self.addCleanup(os.environ.pop, "REGION", None)

    def test_set(self):
        os.environ["REGION"] = "us"
        self.assertEqual(state.region(), "us")

    def test_unset(self):
        self.assertIsNone(state.region())

    @mock.patch.dict(os.environ, {"REGION": "x"})
    def test_patched(self):
        os.environ["REGION"] = "z"
        self.assertEqual(state.region(), "z")
