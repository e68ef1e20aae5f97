from __future__ import annotations

from lighthouse.lamp import Lamp


class Keeper:
    def __init__(self, lamp: Lamp, horn) -> None:
        self.lamp = lamp
        self.horn = horn
        for name in ("oil", "wick"):
            setattr(self, name, 100)

    def __getattr__(self, name: str):
        return getattr(self.lamp, name)

    def dusk(self) -> None:
        self.lamp.light()

    def fog(self, minutes: int) -> None:
        for _ in range(minutes):
            self.horn.blow()
