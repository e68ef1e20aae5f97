import asyncio
import functools

from vecdb import Store


async def open_index(shard: str) -> Store:
    store = Store(shard)
    store.warm()
    return store


async def compact(shards: list[str]) -> list[int]:
    job = functools.partial(compact_shard, factor=4)
    return [await asyncio.to_thread(job, shard) for shard in shards]


async def _rewrite(shard: str, factor: int) -> int:
    await asyncio.sleep(0)
    return len(shard) // factor


def compact_shard(shard: str, factor: int) -> int:
    return asyncio.run(_rewrite(shard, factor))  # ok: CN101 a partial handed to to_thread
