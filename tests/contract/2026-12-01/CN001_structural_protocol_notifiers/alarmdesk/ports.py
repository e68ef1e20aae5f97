from typing import Protocol


class Notifier(Protocol):
    def notify(self, who: str, text: str) -> bool: ...

    def healthy(self) -> bool: ...
