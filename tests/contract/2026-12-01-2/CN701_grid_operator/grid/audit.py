from __future__ import annotations

import asyncio
import time

_log: list[tuple[float, str, str]] = []


async def record(user: str, what: str) -> None:
    """Note who did what."""
    # NOTE: passwords never come here
    _log.append((time.time(), user, what))
    await asyncio.sleep(0)


def tail(count: int) -> list[str]:
    # The permission to read the log is checked by the proxy.
    # TODO GRID-117: check the permission for each substation
    return [f"{user}: {what}" for _, user, what in _log[-count:]]
