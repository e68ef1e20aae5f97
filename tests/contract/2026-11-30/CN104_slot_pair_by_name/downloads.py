import logging

logger = logging.getLogger(__name__)


class DownloadManager:
    def __init__(self, limit: int, http) -> None:
        self._free = limit
        self._http = http

    async def _acquire_slot(self, name: str) -> None:
        while self._free == 0:
            await self._http.idle()
        self._free -= 1

    async def _release_slot(self, name: str) -> None:
        self._free += 1

    async def download(self, name: str) -> bytes:
        await self._acquire_slot(name)  # want: CN104
        data = await self._http.get(name)
        logger.info("got %s", name)
        await self._release_slot(name)
        return data
