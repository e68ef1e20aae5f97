import asyncio


class Connection:
    def __init__(self, reader, writer) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, topic: str, body: bytes) -> None:
        self.writer.write(topic.encode() + b"\0" + body)
        await self.writer.drain()

    async def pending(self) -> int:
        return 0

    async def receive(self) -> bytes:
        return await self.reader.readuntil(b"\0")


async def connect(url: str) -> Connection:
    host, port = url.split(":")
    return Connection(*await asyncio.open_connection(host, int(port)))
