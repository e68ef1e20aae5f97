import time
from asyncio import Lock, Queue


class RateLimiter:
    """Shared by every request of the process."""

    _lock = Lock()  # want: CN102
    _pending: "Queue[str]" = Queue(maxsize=100)  # want: CN102

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self._stamps: list[float] = []

    async def wait(self, name: str) -> None:
        await self._pending.put(name)
        async with self._lock:
            now = time.monotonic()
            self._stamps = [s for s in self._stamps if now - s < 1]
            self._stamps.append(now)
