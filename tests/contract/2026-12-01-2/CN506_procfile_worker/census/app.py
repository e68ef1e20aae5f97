"""Starts imports over HTTP."""
from __future__ import annotations

from queue import Queue

from census.queue import geocode, import_households, notify, summarize

PENDING: Queue[str] = Queue()


def submit(path: str, address: str) -> None:
    import_households.delay(path)
    geocode.apply_async((address,), queue="geo")  # ok: CN506 consumed by the shell script's worker
    PENDING.put(path)


def close_day(households: list[int], address: str) -> None:
    summarize.delay(households)
    notify.apply_async(args=[address])


def next_path() -> str:
    return PENDING.get()
