from unittest.mock import create_autospec

from invoices.service import InvoiceService


def test_create(invoices: InvoiceService):
    number = invoices.create("ann", 100)
    assert invoices.find(number) == ("ann", 100)


def test_cancel(invoices: InvoiceService):
    number = invoices.create("ann", 100)
    invoices.cancel(number)  # want: CN603
    assert invoices.store == {}


def test_spec():
    service = create_autospec(InvoiceService)
    service.create.return_value = "R9"
    assert service.create("bob", 1) == "R9"  # ok: CN603 the class has it


def test_other_object(tmp_path):
    assert tmp_path.cancel is None  # ok: CN603 no class of the workspace
