from collections.abc import Callable


class Desk:
    def __init__(self, send: Callable[[str], object]) -> None:
        self.send = send
        self.sent: list[str] = []

    def file(self, story: str) -> None:
        self.send(story)
        self.sent.append(story)
