import unittest
from decimal import Decimal as D

from taxes.forms import Deductions, Filing, PrivateForm
from taxes.office import Office, make_office


class DeductionsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.deductions = Deductions()

    def test_add_twice(self):
        self.deductions.add("train", D(10))
        self.deductions.add("train", D(5))
        self.assertEqual(self.deductions.total(), 15)  # ok: CN603 the member is there

    def test_add_many(self):
        self.deductions.add_all({"train": D(3), "books": D(4)})  # want: CN603
        self.assertEqual(self.deductions.items["books"], 4)

    def test_private_form(self):
        form = PrivateForm()
        self.assertTrue(form.validate())  # ok: CN603 an unresolved base may give it

    def test_filing(self):
        filing = Filing(person="Ada", total=D(-3))
        self.assertTrue(filing.is_refund())
        self.assertIsNone(filing.pk)  # ok: CN603 Django's model gives it


class OfficeTest(unittest.IsolatedAsyncioTestCase):
    async def test_file(self):
        office = make_office(20)
        tax = await office.file("Ada", D(100), Deductions())
        self.assertEqual(tax, 20)
        self.assertEqual(office.filed(), ["Ada"])

    async def test_nobody_filed(self):
        office = Office(D("0.2"))
        self.assertEqual(office.filed_count(), 0)  # want: CN603

    async def test_extra_attribute(self):
        office = Office(D("0.2"))
        office.clerk = "Bob"
        self.assertEqual(office.clerk, "Bob")  # ok: CN603 the test itself sets it
