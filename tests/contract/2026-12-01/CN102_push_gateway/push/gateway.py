import asyncio
from typing import Optional

import aiohttp


class PushGateway:
    _instance: Optional["PushGateway"] = None

    def __new__(cls) -> "PushGateway":
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance._http = None
        return cls._instance

    _http: Optional[aiohttp.ClientSession]

    async def push(self, device: str, text: str) -> int:
        if self._http is None or self._http.closed:
            self._http = aiohttp.ClientSession()  # want: CN102
        async with self._http.post(f"https://push.example.com/{device}", data=text) as answer:
            return answer.status


class Outbox:
    pending = asyncio.Queue()  # want: CN102

    async def put(self, message: str) -> None:
        await self.pending.put(message)


class TopicFeed:
    """One per subscription; closed by its owner."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.arrived = asyncio.Event()  # ok: CN102 a fresh instance for each subscription

    async def wait(self) -> str:
        await self.arrived.wait()
        return self.topic


async def subscribe(topic: str) -> str:
    feed = TopicFeed(topic)
    return await asyncio.wait_for(feed.wait(), 30)
