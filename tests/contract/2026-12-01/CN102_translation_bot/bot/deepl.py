import asyncio
from functools import lru_cache

from httpx import AsyncClient


class Translator:
    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._client = AsyncClient(base_url=endpoint)  # want: CN102
        self._glossary: dict[str, str] = {}

    async def translate(self, text: str, target: str) -> str:
        known = self._glossary.get(text)
        if known:
            return known
        answer = await self._client.post("/translate", json={"text": text, "to": target})
        return answer.json()["text"]


@lru_cache(maxsize=None)
def get_translator() -> Translator:
    return Translator("https://translate.example.com")


class Conversation:
    def __init__(self, room: str) -> None:
        self.room = room
        self.turn = asyncio.Lock()  # ok: CN102 made for each room, no singleton

    async def say(self, text: str) -> str:
        async with self.turn:
            return await get_translator().translate(text, "fr")
