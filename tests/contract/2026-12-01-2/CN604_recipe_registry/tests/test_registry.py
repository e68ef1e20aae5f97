import unittest

from cooking.registry import CookRegistry, Oven


class RegistryTest(unittest.TestCase):
    def test_empty(self):
        self.assertEqual(CookRegistry.instance().names(), [])

    def test_one_cook(self):
        CookRegistry.instance().cooks["remy"] = "soup"  # want: CN604
        self.assertEqual(CookRegistry.instance().names(), ["remy"])

    def test_own_registry(self):
        registry = CookRegistry()
        registry.cooks["linguini"] = "salad"  # ok: CN604 not the shared one
        self.assertEqual(registry.names(), ["linguini"])


class OvenTest(unittest.TestCase):
    def setUp(self):
        self.degrees = Oven.degrees

    def tearDown(self):
        Oven.degrees = self.degrees

    def test_hot(self):
        Oven.degrees = 360  # ok: CN604 tearDown resets it
        self.assertEqual(Oven().bake(10), 20)

    def test_usual(self):
        self.assertEqual(Oven().bake(10), 10)
