import asyncio

from lexis.embed import Embedder


def nearest(embedder: Embedder, question: str, corpus: dict[str, list[float]]) -> str:
    target = embedder.embed_sync(question)
    return min(corpus, key=lambda name: sum((a - b) ** 2 for a, b in zip(target, corpus[name])))


async def answer(embedder: Embedder, question: str, corpus: dict[str, list[float]]) -> dict[str, str]:
    async with asyncio.timeout(20):
        return {"statute": nearest(embedder, question, corpus)}


async def _log_query(question: str) -> None:
    await asyncio.sleep(0)
    print("asked", question)


async def suggest(prefix: str, known: list[str]) -> list[str]:
    asyncio.run(_log_query(prefix))  # want: CN101
    return [name for name in known if name.startswith(prefix)]


async def related(names: list[str]) -> int:
    def count(name: str) -> int:
        asyncio.run(_log_query(name))  # want: CN101
        return len(name)

    return sum(count(name) for name in names)
