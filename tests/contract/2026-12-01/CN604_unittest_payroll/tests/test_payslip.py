import os
import unittest
from decimal import Decimal
from unittest import mock

from payroll import rules
from payroll.rules import Payslip


class NetTest(unittest.TestCase):
    def setUp(self) -> None:
        self.saved = dict(rules.RATES)

    def tearDown(self) -> None:
        rules.RATES.clear()
        rules.RATES.update(self.saved)

    def test_new_standard(self) -> None:
        rules.RATES["standard"] = Decimal("0.5")  # ok: CN604 tearDown restores the rates
        self.assertEqual(Payslip(100).net(), 50)

    def test_reduced(self) -> None:
        self.assertEqual(Payslip(100).net("reduced"), 90)


class TextTest(unittest.TestCase):
    def test_country(self) -> None:
        os.environ["PAYROLL_COUNTRY"] = "AT"  # want: CN604
        self.assertIn("AT", Payslip(10).text())

    def test_footer(self) -> None:
        Payslip.footer = "Merci"  # want: CN604
        self.assertIn("Merci", Payslip(20).text())

    def test_usual_footer(self) -> None:
        self.assertIn("Thank you", Payslip(30).text())

    def test_rounding(self) -> None:
        self.addCleanup(setattr, rules, "rounding", rules.rounding)
        rules.rounding = "floor"  # ok: CN604 addCleanup restores it
        self.assertTrue(Payslip(40).text().endswith("floor"))

    def test_rounding_patched(self) -> None:
        with mock.patch.object(rules, "rounding", "ceiling"):  # ok: CN604 patch.object restores it
            self.assertTrue(Payslip(50).text().endswith("ceiling"))

    @mock.patch.dict(os.environ, {"PAYROLL_COUNTRY": "CH"})
    def test_country_patched(self) -> None:
        os.environ["PAYROLL_COUNTRY"] = "LI"  # ok: CN604 the decorator restores the environment
        self.assertIn("LI", Payslip(60).text())

    def test_printed(self) -> None:
        slip = Payslip(70)
        slip.printed += 1  # ok: CN604 only the instance's own
        self.assertEqual(slip.printed, 1)
