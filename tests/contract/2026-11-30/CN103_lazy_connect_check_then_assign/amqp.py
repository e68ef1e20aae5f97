import asyncio

import aio_pika


class Publisher:
    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = None
        self._channel = None

    async def _ensure(self) -> None:
        if self._connection is None:
            self._connection = await aio_pika.connect_robust(self._url)  # want: CN103
        if not self._channel:
            channel = await self._connection.channel()
            await channel.set_qos(10)
            self._channel = channel  # want: CN103

    async def publish(self, key: str, body: bytes) -> None:
        await self._ensure()
        await self._channel.default_exchange.publish(aio_pika.Message(body), routing_key=key)
