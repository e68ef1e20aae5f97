from dataclasses import dataclass
from decimal import Decimal

from payout.accounts import country_of, is_valid_iban


@dataclass(frozen=True)
class Transfer:
    iban: str
    amount: Decimal

    def problems(self) -> list[str]:
        found = []
        if not is_valid_iban(self.iban):
            found.append("iban")
        if country_of(self.iban) not in {"DE", "NL", "AT"}:
            found.append("country")
        if self.amount <= 0:
            found.append("amount")
        return found
