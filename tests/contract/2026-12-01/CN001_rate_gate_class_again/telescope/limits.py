import time


class TokenBucket:
    def __init__(self, rate: float, capacity: int) -> None:
        self.rate = rate
        self.capacity = capacity
        self.tokens = float(capacity)
        self.updated = time.monotonic()

    def take(self, count: int = 1) -> bool:
        now = time.monotonic()
        grown = self.tokens + (now - self.updated) * self.rate
        self.tokens = min(float(self.capacity), grown)
        self.updated = now
        if self.tokens < count:
            return False
        self.tokens -= count
        return True
