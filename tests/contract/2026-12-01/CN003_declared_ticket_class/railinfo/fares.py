from dataclasses import dataclass


# canonry: canonical
@dataclass(frozen=True)
class Ticket:  # ok: CN003 declared canonical, though less used
    origin: str
    destination: str
    cents: int

    def reduced(self, percent: int) -> int:
        return self.cents * (100 - percent) // 100
