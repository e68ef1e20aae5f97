def due(invoices: list, export) -> list:
    return [invoice for invoice in invoices if invoice.issued < 0]
