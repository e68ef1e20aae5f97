"""Shapes: a base, overrides, and an interface."""

import sys
from abc import ABC, abstractmethod
from typing import Protocol, overload


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...

    def describe(self) -> str:
        """A line for a person."""
        kind = type(self).__name__.lower()
        return f"{kind} of {self.area():.2f} square metres"


class Circle(Shape):
    def __init__(self, radius: float) -> None:
        self.radius = radius

    def area(self) -> float:  # ok: implements the base's method
        return 3.14159 * self.radius * self.radius


class Square(Shape):
    def __init__(self, side: float) -> None:  # ok: a special method
        self.side = side

    def area(self) -> float:  # ok: implements the base's method
        return self.side * self.side


class Drawable(Protocol):
    def draw(self, canvas: object, scale: float) -> None: ...


@overload
def scaled(shape: Circle, by: float) -> Circle: ...
@overload
def scaled(shape: Square, by: float) -> Square: ...
def scaled(shape, by):  # ok: what the overloads stand for
    if isinstance(shape, Circle):
        return Circle(shape.radius * by)
    return Square(shape.side * by)


if sys.platform == "win32":

    def terminal_width(default: int = 80) -> int:  # ok: another platform's
        import ctypes

        handle = ctypes.windll.kernel32.GetStdHandle(-11)
        return default if handle == 0 else handle

else:

    def terminal_width(default: int = 80) -> int:  # ok: another platform's
        import os

        return os.get_terminal_size().columns or default
