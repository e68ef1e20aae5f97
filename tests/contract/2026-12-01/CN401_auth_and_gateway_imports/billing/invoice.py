from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from billing.tariffs import price  # ok: CN401 its own service

if TYPE_CHECKING:
    from auth.tokens import Lifetime  # want: CN401


def invoice(kind: str, days: int, check: Callable[[float, Lifetime], bool]) -> dict:
    return {"cents": price(kind, days), "fresh": check(0.0, 60)}


def clock_of(service: str) -> object:
    return importlib.import_module(f"{service}.clock")  # ok: CN401 no literal name


def tariffs() -> object:
    return importlib.import_module("billing.tariffs")  # ok: CN401 its own service
