import asyncio


class DownloadQueue:
    def __init__(self, client, limit: int) -> None:
        self.client = client
        self.free = limit
        self.changed = asyncio.Event()

    async def _acquire_slot(self) -> None:
        while self.free == 0:
            self.changed.clear()
            await self.changed.wait()
        self.free -= 1

    def _release_slot(self) -> None:
        self.free += 1
        self.changed.set()

    async def download(self, url: str) -> bytes:
        await self._acquire_slot()  # want: CN104
        answer = await self.client.get(url)
        body = await answer.read()
        self._release_slot()
        return body

    async def download_safely(self, url: str) -> bytes:
        await self._acquire_slot()  # ok: CN104 released in finally
        try:
            return await (await self.client.get(url)).read()
        finally:
            self._release_slot()
