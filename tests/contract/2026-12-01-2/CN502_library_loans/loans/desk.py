from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Slip:
    """What is printed at the desk; no model."""

    member: str
    loans: int


def print_slips(slips: list[Slip], write) -> None:
    for slip in slips:
        write(f"{slip.member}: {slip.loans} loans")  # ok: CN502 a dataclass with the same attribute names
