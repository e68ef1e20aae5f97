from cellar.cache import CacheClient


def barrel_label(cache: CacheClient, number: int) -> bytes:
    return cache.fetch(f"barrel:{number}") or b"unlabelled"
