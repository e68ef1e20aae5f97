"""Weighing of the harvest."""
from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timezone


@dataclass
class Weighing:
    kilos: float
    at: datetime


def weigh(read) -> Weighing:
    return Weighing(read(), datetime.utcnow())  # want: CN703


def reweigh(read) -> Weighing:
    # datetime.utcnow() would be naive
    return Weighing(read(), datetime.now(timezone.utc))  # ok: CN703 the correct form


async def settle(delay: float) -> None:
    started = time.monotonic()
    time.sleep(delay)  # want: CN703
    assert time.monotonic() >= started


async def settle_many(count: int, delay: float) -> None:
    for _ in range(count):
        await asyncio.sleep(delay)  # ok: CN703 the correct form


def hint() -> str:
    return "never call datetime.utcnow()"  # ok: CN703 only a text
