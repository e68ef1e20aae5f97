class Pricing:
    tax = 0.19
    currency = "EUR"
    discount = 0.0

    def gross(self, net: float) -> float:
        return round(net * (1 + self.tax) * (1 - self.discount), 2)

    def label(self, net: float) -> str:
        return f"{self.gross(net):.2f} {self.currency}"
