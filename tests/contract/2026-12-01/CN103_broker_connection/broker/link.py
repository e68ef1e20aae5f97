import asyncio
from dataclasses import dataclass, field


async def dial(host: str) -> asyncio.StreamWriter:
    _, writer = await asyncio.open_connection(host, 5672)
    return writer


class BrokerLink:
    def __init__(self, host: str) -> None:
        self.host = host
        self._writer: asyncio.StreamWriter | None = None
        self._sent = 0
        self._bytes = 0
        self._closed = False

    async def writer(self) -> asyncio.StreamWriter:
        if self._writer is None:
            self._writer = await dial(self.host)  # want: CN103
        return self._writer

    async def publish(self, body: bytes) -> None:
        writer = await self.writer()
        writer.write(body)
        before = self._bytes
        await writer.drain()
        self._bytes = before + len(body)  # want: CN103
        self._sent += 1  # ok: CN103 no await between reading and writing

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True  # ok: CN103 set before the first await
        if self._writer is not None:
            self._writer.close()
            await self._writer.wait_closed()


class ExchangeNames:
    def __init__(self, source: "asyncio.Queue[str]") -> None:
        self.source = source
        self._lock = asyncio.Lock()
        self._default: str | None = None

    async def default(self) -> str:
        async with self._lock:
            if not self._default:
                offered = await self.source.get()
                self._default = offered.lower()  # ok: CN103 the lock is held
            return self._default


@dataclass
class Drained:
    count: int = 0
    bodies: list[bytes] = field(default_factory=list)


async def drain(queue: "asyncio.Queue[bytes]", limit: int) -> Drained:
    result = Drained()
    while result.count < limit:
        body = await queue.get()
        result.bodies.append(body)
        result.count = result.count + 1  # ok: CN103 an object of this call
    return result
