import asyncio


class Collector:  # canonry: single-writer
    def __init__(self, source) -> None:
        self.source = source
        self.total = 0

    async def step(self) -> None:
        self.total += await self.source.read()  # ok: CN103 marked: one task writes


class SharedCollector:
    def __init__(self, source) -> None:
        self.source = source
        self.total = 0
        self.last = 0.0
        self.best = 0

    async def step(self) -> None:
        self.total = self.total + await self.source.read()  # want: CN103

    async def wait(self) -> None:
        await asyncio.sleep(1)
        self.last = asyncio.get_running_loop().time()  # ok: CN103 it is not read before

    async def improve(self) -> None:
        value = await self.source.read()
        if value > self.best:
            self.best = value  # ok: CN103 nothing is awaited between check and write
