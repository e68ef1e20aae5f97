class Spool:
    def __init__(self) -> None:
        self.waiting: list[str] = []

    def append(self, text: str) -> None:
        self.waiting.append(text)
