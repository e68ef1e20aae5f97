import asyncio
import logging
import random

log = logging.getLogger("payments")


async def with_backoff(func, max_retries=3, initial_delay=0.5, retry_on=(Exception,)):  # want: CN001
    """Retry an async function with exponential backoff."""
    attempt = 0
    while True:
        attempt += 1
        try:
            return await func()
        except retry_on as exc:
            if attempt >= max_retries:
                raise
            wait = initial_delay * 2 ** (attempt - 1) + random.uniform(0, 0.1)
            log.warning("retry %d: %r", attempt, exc)
            await asyncio.sleep(wait)


async def capture(gateway, charge_id: str) -> dict:
    return await with_backoff(lambda: gateway.capture(charge_id))
