from dataclasses import dataclass, field


@dataclass
class Account:
    owner: str
    balance: int = 0
    entries: list[int] = field(default_factory=list)

    def deposit(self, amount: int) -> None:
        self.balance += amount
        self.entries.append(amount)

    @classmethod
    def opened_for(cls, owner: str) -> "Account":
        return cls(owner)
