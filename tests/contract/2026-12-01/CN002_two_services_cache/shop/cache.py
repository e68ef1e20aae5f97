import redis


class EnhancedCacheClient:  # ok: CN002 the other member is in another service
    def __init__(self, client: redis.Redis) -> None:
        self.client = client

    def fetch(self, key: str) -> bytes | None:
        return self.client.get(f"shop:{key}")

    def store(self, key: str, value: bytes) -> None:
        self.client.set(f"shop:{key}", value, ex=60)

    def purge(self, prefix: str) -> int:
        return self.client.delete(*self.client.scan_iter(f"shop:{prefix}*"))
