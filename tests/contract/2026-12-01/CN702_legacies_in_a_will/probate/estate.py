from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Legacy:  # ok: CN702 a gift in a will
    heir: str
    amount: Decimal


@dataclass
class Estate:
    value: Decimal
    legacies: list[Legacy] = field(default_factory=list)  # ok: CN702 gifts in a will

    def remainder(self) -> Decimal:
        # a legacy is paid before the remainder is split  # ok: CN702 the word of the domain
        return self.value - sum((gift.amount for gift in self.legacies), Decimal(0))

    def hold(self, heir: str) -> list[Legacy]:
        # the notary later updates the register himself  # ok: CN702 tells what people do
        return [gift for gift in self.legacies if gift.heir != heir]
