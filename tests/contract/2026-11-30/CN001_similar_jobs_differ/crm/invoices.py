class Invoice:
    def __init__(self, number, total):
        self.number = number
        self.total = total

    def to_dict(self):
        return {"number": self.number, "total": str(self.total)}


class InvoiceRepository:
    def __init__(self, db):
        self.db = db

    def get(self, number):
        row = self.db.fetch_one("select * from invoices where number = %s", (number,))
        if row is None:
            raise LookupError(number)
        return Invoice(row["number"], row["total"])

    def close_month(self, month):
        self.db.execute("update invoices set closed = true where month = %s", (month,))
