import os
import unittest
from unittest import mock


def kitchen() -> str:
    return os.environ.get("KITCHEN_NAME", "main")


class KitchenTest(unittest.TestCase):
    def test_named(self):
        os.environ["KITCHEN_NAME"] = "east"  # ok: CN604 addCleanup resets it
        self.addCleanup(os.environ.pop, "KITCHEN_NAME", None)
        self.assertEqual(kitchen(), "east")

    @mock.patch.dict(os.environ, {"KITCHEN_NAME": "west"})
    def test_patched(self):
        os.environ["KITCHEN_NAME"] += "-wing"  # ok: CN604 patch.dict resets it
        self.assertEqual(kitchen(), "west-wing")

    def test_unnamed(self):
        self.assertEqual(kitchen(), "main")

    def test_other_key(self):
        os.environ["KITCHEN_UNUSED"] = "1"  # ok: CN604 nobody reads this key
        self.assertTrue(kitchen())
