import redis


class UnifiedRedisClient:  # ok: CN002 another service's own
    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(url, decode_responses=True)

    def get(self, key: str) -> str | None:
        return self.client.get(key)

    def put(self, key: str, value: str, ttl: int) -> None:
        self.client.set(key, value, ex=ttl)

    def forget(self, key: str) -> None:
        self.client.delete(key)
