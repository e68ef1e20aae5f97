import asyncio


class Hub:
    _instance: "Hub | None" = None

    def __new__(cls) -> "Hub":
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.prepare()
        return cls._instance

    def prepare(self) -> None:
        self.waiting = asyncio.Queue()  # want: CN102

    async def publish(self, item: dict) -> None:
        await self.waiting.put(item)

    async def next(self) -> dict:
        return await self.waiting.get()
