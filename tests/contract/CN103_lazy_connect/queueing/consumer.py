from queueing.transport import connect


# canonry: single-writer
class Consumer:
    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = None
        self.seen = 0

    async def next(self) -> bytes:
        if self._connection is None:
            self._connection = await connect(self.url)  # ok: CN103 marked: one task writes
        self.seen += await self._connection.pending()  # ok: CN103
        return await self._connection.receive()
