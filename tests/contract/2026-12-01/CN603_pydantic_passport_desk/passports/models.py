from typing import Protocol

from pydantic import BaseModel, computed_field
from somelab.records import RemoteRecord


class Passport(BaseModel):
    number: str
    surname: str

    @computed_field
    @property
    def initials(self) -> str:
        return self.surname[:1]


class Archive(RemoteRecord):
    """Its base comes from the laboratory's own package."""

    drawer: int = 1


class Printer(Protocol):
    def render(self, passport: Passport) -> bytes: ...


class Desk:
    queue: list[Passport]

    def __init__(self, *formats: str) -> None:
        self.queue = []
        for name in formats:
            setattr(self, f"print_{name}", self._printer(name))

    def _printer(self, name: str):
        return lambda passport: f"{name}:{passport.number}"


class Window:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.served = 0

    def serve(self) -> Passport:
        self.served += 1
        return self.desk.queue.pop(0)
