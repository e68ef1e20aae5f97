import logging

import redis

log = logging.getLogger(__name__)


class EnhancedRedisClient:  # want: CN002
    def __init__(self, host: str, port: int) -> None:
        self.connection = redis.Redis(host=host, port=port)

    def get(self, key: str) -> bytes | None:
        value = self.connection.get(key)
        log.info("%s: %s", key, "hit" if value else "miss")
        return value

    def put(self, key: str, value: bytes, ttl: int) -> None:
        self.connection.setex(key, ttl, value)

    def forget(self, key: str) -> None:
        self.connection.unlink(key)
