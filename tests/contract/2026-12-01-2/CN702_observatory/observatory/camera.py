from __future__ import annotations

from dataclasses import dataclass

STATUS = ("new", "kept", "deprecated")


@dataclass
class Frame:
    number: int
    seconds: float
    status: str = "new"

    def drop(self) -> None:
        self.status = "deprecated"


def exposure(magnitude: float) -> float:
    # temporary until 2031-01-01: the old filter is still in use
    return 2.0 * 2.512**magnitude


def gain(seconds: float) -> int:
    # temporary until 2024-03-31: the cooler is being repaired
    return 100 if seconds < 30 else 50


def usable(frames: list[Frame]) -> list[Frame]:
    # TODO: look at the seeing as well
    return [frame for frame in frames if frame.status in STATUS[:2]]
