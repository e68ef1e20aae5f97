"""Which lamps are known, and the one tower that everybody shares."""
from __future__ import annotations

LAMPS: list[str] = []
night_mode = False


class Tower:
    _instance: Tower | None = None

    def __init__(self) -> None:
        self.floors = 3

    @classmethod
    def shared(cls) -> Tower:
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance


def brightness() -> int:
    return 10 if night_mode else 100


def register(lamp: str) -> int:
    LAMPS.append(lamp)
    return len(LAMPS)
