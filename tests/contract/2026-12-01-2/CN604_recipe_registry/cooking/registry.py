"""A registry of cooks, one for the process."""
from __future__ import annotations


class CookRegistry:
    _instance: "CookRegistry | None" = None

    def __init__(self) -> None:
        self.cooks: dict[str, str] = {}

    @classmethod
    def instance(cls) -> "CookRegistry":
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    def names(self) -> list[str]:
        return sorted(self.cooks)


class Oven:
    degrees = 180

    def bake(self, minutes: int) -> float:
        return minutes * Oven.degrees / 180
