from functools import lru_cache

import redis.asyncio as redis


class FeedCache:
    def __init__(self, url: str) -> None:
        self._redis = redis.from_url(url)  # want: CN102

    async def latest(self, feed: str) -> bytes | None:
        return await self._redis.get(f"feed:{feed}")


@lru_cache
def get_cache() -> FeedCache:
    return FeedCache("redis://cache/0")
