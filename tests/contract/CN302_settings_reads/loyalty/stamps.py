import os

import redis


class StampStore:
    def __init__(self) -> None:
        self.redis = redis.from_url(os.environ.get("STAMPS_REDIS_URL", "redis://127.0.0.1/0"))  # want: CN302
        self.timeout = float(os.environ.get("STAMPS_REDIS_TIMEOUT", "2.5"))  # ok: CN302 a duration

    def add(self, customer: str) -> int:
        return self.redis.incr(f"stamps:{customer}")
