"""Shelves of the archive."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.show import Show  # want: CN401


@dataclass
class Tape:
    code: str
    seconds: int


def shelve(tape: Tape) -> str:
    return f"{tape.code[:2]}/{tape.code}"


def total(show: "Show") -> int:
    return sum(tape.seconds for tape in show.tapes)
