"""Classes and trainers."""
from __future__ import annotations

from pydantic import BaseModel


class ClassRow(BaseModel):
    name: str
    day: str
    room: str
    places: int
    members: list[str] = []

    @property
    def free(self) -> int:
        return self.places - len(self.members)


class TrainerRow(BaseModel):
    name: str
    phone: str


CLASSES = [
    ClassRow(name="spinning", day="mon", room="A", places=12),
    ClassRow(name="yoga", day="tue", room="B", places=20),
]
TRAINERS = {"kim": TrainerRow(name="Kim", phone="555-0134")}


def list_classes(day: str | None) -> list[ClassRow]:
    return [row for row in CLASSES if day is None or row.day == day]


def find_class(name: str) -> ClassRow:
    return next(row for row in CLASSES if row.name == name)


def find_trainer(name: str) -> TrainerRow:
    return TRAINERS[name]
