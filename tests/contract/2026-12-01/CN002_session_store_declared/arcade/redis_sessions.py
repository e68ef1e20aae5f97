import json

import redis


# canonry: canonical
class UnifiedSessionStore:  # ok: CN002 declared canonical, though its name has a modifier
    def __init__(self, client: redis.Redis, prefix: str) -> None:
        self.client = client
        self.prefix = prefix

    def load(self, key: str) -> dict | None:
        blob = self.client.get(self.prefix + key)
        return json.loads(blob) if blob else None

    def save(self, key: str, data: dict, ttl: float = 900) -> None:
        self.client.setex(self.prefix + key, int(ttl), json.dumps(data))

    def drop(self, key: str) -> None:
        self.client.unlink(self.prefix + key)
