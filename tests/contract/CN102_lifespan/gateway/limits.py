import asyncio


class Limiter:
    def __init__(self, at_once: int) -> None:
        self._slots = asyncio.Semaphore(at_once)  # want: CN102
        self.waited = 0

    async def wait(self) -> None:
        async with self._slots:
            self.waited += 1
            await asyncio.sleep(0.01)


limiter = Limiter(8)
