class Cart:
    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.lines: list[tuple[str, int]] = []

    def add(self, article: str, pieces: int = 1) -> None:
        self.lines.append((article, pieces))

    def pieces(self) -> int:
        return sum(pieces for _, pieces in self.lines)
