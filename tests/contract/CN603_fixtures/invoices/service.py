class InvoiceService:
    def __init__(self, store) -> None:
        self.store = store

    def create(self, customer: str, cents: int) -> str:
        number = f"R{len(self.store) + 1}"
        self.store[number] = (customer, cents)
        return number

    def find(self, number: str) -> tuple[str, int]:
        return self.store[number]
