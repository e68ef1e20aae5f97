import json
from typing import Any

import redis.asyncio as aioredis


class JsonCache:
    def __init__(self, url: str, ttl: int = 300) -> None:
        self.ttl = ttl
        self._redis = aioredis.from_url(url, decode_responses=True)  # want: CN102

    async def get(self, key: str) -> Any | None:
        raw = await self._redis.get(key)
        return None if raw is None else json.loads(raw)

    async def put(self, key: str, value: Any) -> None:
        await self._redis.set(key, json.dumps(value), ex=self.ttl)


cache = JsonCache("redis://cache:6379/0")
