import asyncio

import httpx
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from sqlalchemy.ext.asyncio import create_async_engine as make_engine

store = AsyncRedis(host="memory", port=6379)  # want: CN102
blocking_store = Redis(host="memory", port=6379)  # ok: CN102 the blocking client
facts = make_engine("postgresql+asyncpg://memory/facts")  # want: CN102


async def remember(key: str, text: str) -> None:
    await store.set(key, text)


def forget(key: str) -> int:
    return blocking_store.delete(key)


async def fact_tables() -> list[str]:
    async with facts.connect() as connection:
        return await connection.run_sync(lambda sync: sync.dialect.get_table_names(sync))


class ModelClient:
    shared = httpx.AsyncClient(timeout=60)  # want: CN102

    def __init__(self, model: str) -> None:
        self.model = model

    async def complete(self, prompt: str) -> str:
        answer = await self.shared.post("https://llm.example.com/complete", json={"m": self.model, "p": prompt})
        return answer.json()["text"]


class Scratchpad:
    def __init__(self) -> None:
        self.changed = asyncio.Event()  # want: CN102
        self.notes: list[str] = []

    async def note(self, text: str) -> None:
        self.notes.append(text)
        self.changed.set()


scratchpad = Scratchpad()


class ToolRun:
    def __init__(self, tool: str) -> None:
        self.tool = tool
        self.finished = asyncio.Event()  # ok: CN102 one for each run

    async def wait(self) -> str:
        await self.finished.wait()
        return self.tool
