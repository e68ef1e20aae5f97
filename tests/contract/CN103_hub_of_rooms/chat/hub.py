import asyncio

from chat.store import load_history, open_channel


class Hub:
    def __init__(self) -> None:
        self._channel = None
        self._members = 0
        self._sent = 0
        self._history: list[str] | None = None
        self._lock = asyncio.Lock()

    async def channel(self):
        if self._channel is None:
            self._channel = await open_channel("main")  # want: CN103
        return self._channel

    async def history(self) -> list[str]:
        async with self._lock:
            if self._history is None:
                self._history = await load_history("main")  # ok: CN103 the lock is held
        return self._history

    async def join(self, socket) -> None:
        self._members += 1  # ok: CN103 nothing is awaited in between
        await socket.send("welcome")

    async def broadcast(self, text: str) -> None:
        sent = self._sent
        channel = await self.channel()
        await channel.send(text)
        self._sent = sent + 1  # want: CN103
