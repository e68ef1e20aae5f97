from __future__ import annotations

from dataclasses import dataclass, field

from playbill.money import Money  # ok: CN401 shared


@dataclass
class Rig:
    name: str
    rent: Money
    blocked_rows: set[str] = field(default_factory=set)

    def block(self, row: str) -> None:
        if len(row) != 1 or not row.isupper():
            raise ValueError(row)
        self.blocked_rows.add(row)
