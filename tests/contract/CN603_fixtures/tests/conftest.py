import pytest
from invoices.service import InvoiceService


@pytest.fixture
def invoices() -> InvoiceService:
    return InvoiceService({})
