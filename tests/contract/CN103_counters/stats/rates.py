class Rates:
    def __init__(self, source) -> None:
        self.source = source
        self.table: dict[str, float] = {}
        self.version = 0

    async def reload(self) -> None:
        self.table = await self.source.load()  # ok: CN103 nothing was read before

    async def bump(self) -> None:
        await self.source.notify()
        version = self.version
        self.version = version + 1  # ok: CN103 awaited before the read
