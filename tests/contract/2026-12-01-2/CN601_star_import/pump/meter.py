from __future__ import annotations

LIMIT = 200.0


class Meter:
    """Counts the litres that went through."""

    def __init__(self, display) -> None:
        self.display = display
        self.litres = 0.0

    def tick(self, litres: float) -> None:
        if self.litres + litres > LIMIT:
            raise OverflowError(litres)
        self.litres += litres
        self.display.show(self.litres)

    def reset(self) -> None:
        self.litres = 0.0
