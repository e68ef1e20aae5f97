"""Commands to the substations."""
from __future__ import annotations

from grid.audit import record

STATIONS = {"north": 4, "mill": 2}


class CommandError(Exception):
    pass


async def open_breaker(station: str, breaker: int, user: str) -> None:
    # TODO: authentication of the user is missing here
    if breaker >= STATIONS[station]:
        raise CommandError(f"{station} has no breaker {breaker}")
    await record(user, f"open {station}/{breaker}")


async def close_breaker(station: str, breaker: int, user: str, force: bool = False) -> None:
    if not force:  # HACK: the bypass skips authorization, remove it
        await record(user, f"ask {station}/{breaker}")
    await record(user, f"close {station}/{breaker}")


def describe(station: str) -> str:
    # TODO: say where the station stands
    count = STATIONS[station]
    return f"{station}: {count} breakers"
