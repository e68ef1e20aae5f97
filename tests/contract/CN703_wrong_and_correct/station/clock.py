import asyncio


class Clock:
    def __init__(self, interval: float) -> None:
        self.interval = interval

    async def tick(self) -> float:
        loop = asyncio.get_event_loop()  # want: CN703
        await asyncio.sleep(self.interval)
        return loop.time()

    async def now(self) -> float:
        # Not asyncio.get_event_loop() here.
        return asyncio.get_running_loop().time()  # ok: CN703 the correct form

    def describe(self) -> str:
        return "asyncio.get_event_loop()"  # ok: CN703 a text
