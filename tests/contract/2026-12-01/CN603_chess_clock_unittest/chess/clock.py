from abc import ABC, abstractmethod
from functools import cached_property
from typing import NamedTuple


class Move(NamedTuple):
    san: str
    seconds: float = 0.0

    def is_check(self) -> bool:
        return self.san.endswith("+")


class Timer(ABC):
    __slots__ = ("budget", "used")
    increment = 0.0

    def __init__(self, budget: float) -> None:
        self.budget = budget
        self.used = 0.0

    @abstractmethod
    def press(self, move: Move) -> float: ...

    @classmethod
    def blitz(cls) -> "Timer":
        return cls(180.0)


class FischerTimer(Timer):
    increment = 2.0

    def press(self, move: Move) -> float:
        self.used += move.seconds - self.increment
        return self.budget - self.used

    @cached_property
    def label(self) -> str:
        return f"{self.budget:.0f}+{self.increment:.0f}"
