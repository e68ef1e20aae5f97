import os
from decimal import Decimal

RATES = {"standard": Decimal("0.20"), "reduced": Decimal("0.10")}
rounding = "half-up"


class Payslip:
    footer = "Thank you"
    printed = 0

    def __init__(self, gross: int) -> None:
        self.gross = gross

    def net(self, rate: str = "standard") -> Decimal:
        return self.gross * (1 - RATES[rate])

    def text(self) -> str:
        return f"{self.net()} {self.footer} {os.environ['PAYROLL_COUNTRY']} {rounding}"
