import asyncio


class Pool:  # ok: CN103 lock, plain increment, local object, single writer
    def __init__(self, factory):
        self._factory = factory
        self._lock = asyncio.Lock()
        self._client = None
        self._active = 0
        self._closed = False

    async def client(self):
        async with self._lock:
            if self._client is None:
                self._client = await self._factory()
            return self._client

    async def use(self, job):
        self._active += 1
        try:
            return await job(await self.client())
        finally:
            self._active -= 1

    async def close(self):
        await self.drain()
        self._closed = True

    async def drain(self):
        while self._active:
            await asyncio.sleep(0.01)


class Tally:
    pass


async def summarise(source):
    tally = Tally()
    tally.total = 0
    async for item in source:
        tally.total += await item.size()
    return tally.total


class Consumer:  # canonry: single-writer
    def __init__(self, topic):
        self.topic = topic
        self.offset = 0

    async def step(self):
        offset = self.offset
        batch = await self.topic.read(offset)
        self.offset = offset + len(batch)
