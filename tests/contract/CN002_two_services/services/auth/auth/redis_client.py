import redis


class RedisClient:
    def __init__(self, url: str) -> None:
        self._redis = redis.from_url(url)

    def get(self, key: str) -> bytes | None:
        return self._redis.get(key)

    def put(self, key: str, value: bytes, ttl: int) -> None:
        self._redis.set(key, value, ex=ttl)

    def forget(self, key: str) -> None:
        self._redis.delete(key)
