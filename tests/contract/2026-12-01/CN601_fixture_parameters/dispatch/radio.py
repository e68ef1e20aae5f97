from collections.abc import Callable


class Radio:
    def __init__(self, channel: int) -> None:
        self.channel = channel
        self.listeners: list[Callable[[str], None]] = []

    def hear(self, listener: Callable[[str], None]) -> None:
        self.listeners.append(listener)

    def say(self, words: str) -> int:
        for listener in self.listeners:
            listener(words)
        return len(self.listeners)
