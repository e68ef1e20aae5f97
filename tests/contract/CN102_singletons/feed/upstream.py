import aiohttp


class Upstream:
    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self._session = aiohttp.ClientSession()  # ok: CN102 startup and shutdown are registered

    async def stop(self) -> None:
        await self._session.close()

    async def more(self, name: str) -> str:
        async with self._session.get(f"https://feeds.example/{name}") as answer:
            return await answer.text()


upstream = Upstream()
