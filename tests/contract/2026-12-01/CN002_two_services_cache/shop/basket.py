from shop.cache import EnhancedCacheClient


def forget_basket(cache: EnhancedCacheClient, customer: str) -> int:
    return cache.purge(f"basket:{customer}")
