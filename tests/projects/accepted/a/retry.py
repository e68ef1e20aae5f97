"""Trying again."""

import random
import time


def with_retries(action, attempts=3, base_delay=0.5):
    """Call an action until it succeeds, with exponential backoff and jitter between the attempts."""
    for attempt in range(attempts):
        try:
            return action()
        except ConnectionError:
            if attempt == attempts - 1:
                raise
            delay = base_delay * 2**attempt + random.uniform(0, 0.1)
            time.sleep(delay)
