class Meter:  # canonry: single-writer
    def __init__(self, source) -> None:
        self.source, self.total = source, 0

    async def read(self) -> None:
        self.total += await self.source.read()  # ok: CN103 one writer by design


class Summary:
    def __init__(self, source) -> None:
        self.source = source
        self.total = 0

    async def add(self) -> None:
        self.total += await self.source.read()  # want: CN103

    async def fresh(self) -> int:
        other = Summary(self.source)
        other.total = other.total + await self.source.read()  # ok: CN103 a local object
        return other.total
