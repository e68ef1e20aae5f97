"""The lamp and its rhythm."""
from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple


class Colour(enum.Enum):
    WHITE = "W"
    RED = "R"


class Flash(NamedTuple):
    on: float
    off: float


@dataclass
class Lamp:
    colour: Colour
    rhythm: list[Flash]
    lit: bool = False

    def light(self) -> None:
        self.lit = True

    def extinguish(self) -> None:
        self.lit = False

    @property
    def period(self) -> float:
        return sum(flash.on + flash.off for flash in self.rhythm)

    @classmethod
    def steady(cls) -> "Lamp":
        return cls(Colour.WHITE, [Flash(1.0, 0.0)])


class RotatingLamp(Lamp):
    speed = 6.0

    def turn(self, degrees: float) -> float:
        self.last_turn = degrees / self.speed
        return self.last_turn
