import logging
from typing import Optional

import aiohttp

logger = logging.getLogger(__name__)


class SlackNotifier:
    _instance: Optional["SlackNotifier"] = None

    def __new__(cls) -> "SlackNotifier":
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance._session = None
        return cls._instance

    async def _get_session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))  # want: CN102
        return self._session

    async def notify(self, channel: str, text: str) -> None:
        session = await self._get_session()
        async with session.post("https://hooks.slack.test", json={"channel": channel, "text": text}) as response:
            if response.status >= 400:
                logger.error("slack answered %s", response.status)
