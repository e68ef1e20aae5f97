import os


class Receipt:
    def __init__(self, lines: list[tuple[str, int]]) -> None:
        self.lines = lines
        self.currency = os.getenv("SHOP_CURRENCY")  # want: CN301

    def total(self) -> str:
        return f"{sum(cents for _, cents in self.lines)} {self.currency}"

    def pretend(self, currency: str) -> None:
        os.environ.setdefault("SHOP_RECEIPT_WIDTH", "42")  # ok: CN301 no accessor for this key
        os.environ.update(SHOP_CURRENCY=currency)  # ok: CN301 a write
