import asyncio

import aiohttp


class Scores:
    def __init__(self) -> None:
        self._client: aiohttp.ClientSession | None = None
        self._changed = asyncio.Condition()  # want: CN102
        self.table: dict[str, int] = {}

    async def refresh(self) -> None:
        if self._client is None:
            self._client = aiohttp.ClientSession()  # want: CN102
        async with self._client.get("https://scores.example/all") as answer:
            self.table = await answer.json()
        async with self._changed:
            self._changed.notify_all()


scores = Scores()
