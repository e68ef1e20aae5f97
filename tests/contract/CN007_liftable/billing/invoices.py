from billing import clock


class Invoice:
    def __init__(self, number: str) -> None:
        self.number = number
        self.issued = clock.now()
