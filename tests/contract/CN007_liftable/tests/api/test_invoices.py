from billing.invoices import Invoice


def test_an_invoice_has_a_date(frozen_clock):
    assert Invoice("INV-1").issued == 1_700_000_000
