"""Talking to others."""

import random
import time


def try_several_times(operation, attempts=3, first_delay=0.5):  # ok: accepted in the settings
    """Run an operation until it succeeds, with exponential backoff and jitter."""
    for number in range(attempts):
        try:
            return operation()
        except ConnectionError:
            if number == attempts - 1:
                raise
            pause = first_delay * 2**number + random.uniform(0, 0.1)
            time.sleep(pause)
