import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
logger = logging.getLogger(__name__)


async def retry_async(
    call: Callable[[], Awaitable[T]],
    attempts: int = 3,
    base_delay: float = 0.5,
    exceptions: tuple[type[Exception], ...] = (Exception,),
) -> T:
    """Call until it works, with exponential backoff and jitter between attempts."""
    for attempt in range(1, attempts + 1):
        try:
            return await call()
        except exceptions as error:
            if attempt == attempts:
                raise
            delay = base_delay * 2 ** (attempt - 1) + random.uniform(0, 0.1)
            logger.warning("attempt %d failed: %r", attempt, error)
            await asyncio.sleep(delay)
    raise AssertionError("not reached")
