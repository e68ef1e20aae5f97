import asyncio


class RequestStats:
    def __init__(self, sink) -> None:
        self._sink = sink
        self._count = 0
        self._bytes = 0
        self._active = 0
        self._errors = 0
        self._lock = asyncio.Lock()

    async def record(self) -> None:
        count = self._count
        await self._sink.flush()
        self._count = count + 1  # want: CN103

    async def received(self, request) -> None:
        self._bytes += await request.size()  # want: CN103

    async def handle(self, request) -> None:
        self._active += 1  # ok: CN103 nothing is awaited between reading and writing
        await self._sink.send(request)
        self._active -= 1  # ok: CN103

    async def failed(self, request) -> None:
        async with self._lock:
            errors = self._errors
            await self._sink.send(request)
            self._errors = errors + 1  # ok: CN103 under the lock
