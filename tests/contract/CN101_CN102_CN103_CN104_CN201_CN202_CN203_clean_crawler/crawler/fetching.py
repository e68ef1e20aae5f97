import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

logger = logging.getLogger(__name__)


class Fetcher:
    """Fetches pages, a few at once."""

    def __init__(self, session: aiohttp.ClientSession, at_once: int = 8) -> None:
        self.session = session
        self.slots = asyncio.Semaphore(at_once)  # ok: CN102 each run makes its own fetcher
        self.fetched = 0
        self.failed: list[str] = []

    async def fetch(self, url: str) -> str | None:
        async with self.slots:  # ok: CN104 a context manager
            try:
                async with self.session.get(url) as answer:
                    answer.raise_for_status()
                    text = await answer.text()
            except aiohttp.ClientError:  # ok: CN203 logged and remembered  # ok: CN201
                logger.exception("cannot fetch %s", url)  # ok: CN202 has the traceback
                self.failed.append(url)
                return None
        self.fetched += 1  # ok: CN103 nothing is awaited between reading and writing
        return text


@asynccontextmanager
async def fetcher(at_once: int = 8) -> AsyncIterator[Fetcher]:
    async with aiohttp.ClientSession() as session:
        yield Fetcher(session, at_once)
