"""Calls that may fail for a moment."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def call_with_retry(
    call: Callable[[], Result],
    attempts: int = 4,
    first_pause: float = 0.2,
    errors: tuple[type[Exception], ...] = (ConnectionError, TimeoutError),
) -> Result:
    """Call until it succeeds, with pauses that double each time and differ a little between callers."""
    pause = first_pause
    for attempt in range(1, attempts + 1):
        try:
            return call()
        except errors:
            if attempt == attempts:
                raise
        time.sleep(pause * random.uniform(0.8, 1.2))
        pause *= 2
    raise ValueError("attempts must be positive")
