from .fish import Fish  # ok: CN402 off


class Tank:
    def __init__(self) -> None:
        self.fish: list[Fish] = []

    def add(self, name: str) -> None:
        self.fish.append(Fish(name))
