import unittest

from cinema.pricing import Pricing


class PricingTest(unittest.TestCase):
    def tearDown(self):
        Pricing.currency = "EUR"

    def test_reduced_tax(self):
        Pricing.tax = 0.07  # want: CN604
        self.assertEqual(Pricing().gross(100), 107)

    def test_usual_tax(self):
        self.assertEqual(Pricing().gross(100), 119)

    def test_currency(self):
        Pricing.currency = "CHF"  # ok: CN604 tearDown resets it
        self.assertEqual(Pricing().label(0), "0.00 CHF")

    def test_discount(self):
        self.addCleanup(setattr, Pricing, "discount", 0.0)
        Pricing.discount = 0.5  # ok: CN604 addCleanup resets it
        self.assertEqual(Pricing().gross(0), 0)

    def test_own_object(self):
        pricing = Pricing()
        pricing.tax = 0.0  # ok: CN604 an object of the test's own
        self.assertEqual(pricing.gross(100), 100)
