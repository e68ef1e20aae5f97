import asyncio
from typing import Protocol


class Backend(Protocol):
    async def embed(self, text: str) -> list[float]: ...


class Embedder:
    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    def embed_sync(self, text: str) -> list[float]:
        loop = asyncio.get_event_loop()
        return loop.run_until_complete(self.backend.embed(text))  # want: CN101

    def embed_many(self, texts: list[str]) -> list[list[float]]:
        async def all_of_them() -> list[list[float]]:
            return await asyncio.gather(*(self.backend.embed(text) for text in texts))

        return asyncio.run(all_of_them())  # ok: CN101 called by the batch program only
