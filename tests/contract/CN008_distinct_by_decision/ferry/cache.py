import os

import redis


def client() -> redis.Redis:
    return redis.from_url(os.environ["REDIS_CACHE_URL"])  # ok: CN008 listed as distinct
