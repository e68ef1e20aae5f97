from dataclasses import dataclass


@dataclass
class Cruise:
    ship: str
    stations: int

    def title(self) -> str:
        # TODO: update this later when ships have call signs
        return f"{self.ship} ({self.stations})"

    def hours(self) -> float:
        # temporary until 2031-12-01, the winch is slow  # ok: CN702 a date in the future
        return self.stations * 1.75
