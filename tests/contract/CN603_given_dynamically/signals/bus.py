import blinker


class Bus:
    def __init__(self, name: str) -> None:
        self.name = name
        self._handlers: list = []

    def subscribe(self, handler) -> None:
        self._handlers.append(handler)

    def publish(self, event: str) -> int:
        for handler in self._handlers:
            handler(event)
        return len(self._handlers)


class NamedSignal(blinker.Signal):
    def described(self) -> str:
        return repr(self)
