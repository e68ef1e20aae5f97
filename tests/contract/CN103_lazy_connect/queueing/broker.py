import asyncio

from queueing.transport import connect


class Broker:
    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = None

    async def publish(self, topic: str, body: bytes) -> None:
        if self._connection is None:
            self._connection = await connect(self.url)  # want: CN103
        await self._connection.send(topic, body)


class SafeBroker:
    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = None
        self._guard = asyncio.Lock()

    async def publish(self, topic: str, body: bytes) -> None:
        async with self._guard:
            if self._connection is None:
                self._connection = await connect(self.url)  # ok: CN103 under the lock
        await self._connection.send(topic, body)


class TwiceCheckedBroker:
    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = None
        self._guard = asyncio.Lock()

    async def publish(self, topic: str, body: bytes) -> None:
        if self._connection is None:
            async with self._guard:
                if self._connection is None:
                    self._connection = await connect(self.url)  # ok: CN103 checked again under the lock
        await self._connection.send(topic, body)
