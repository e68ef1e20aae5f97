from fastapi import FastAPI

from ledger.invoices import Invoice

app = FastAPI()


@app.post("/invoices/total")
async def invoice_total(payload: dict) -> dict:
    invoice: Invoice = Invoice(**payload)
    return {"total": str(invoice.total())}
