class Gate:
    def __init__(self) -> None:
        self.open = False

    def let_in(self, plate: str) -> bool:
        self.open = bool(plate)
        return self.open
