"""Seats and their prices."""
from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from playbill.money import Money  # ok: CN401 shared

if TYPE_CHECKING:
    from stage.rigging import Rig  # want: CN401

ROWS = "ABCDEFGH"


def price(row: str) -> Money:
    return Money(4500 - 300 * ROWS.index(row), "EUR")


def is_blocked(row: str, rig: "Rig") -> bool:
    return row in rig.blocked_rows


def renderer(kind: str):
    return importlib.import_module(f"ticketing.render_{kind}")  # ok: CN401 its own service


def plan_module():
    return importlib.import_module("stage.plan")  # want: CN401
