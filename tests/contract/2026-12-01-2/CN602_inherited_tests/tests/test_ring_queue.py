"""Tests of the ring queue."""
from __future__ import annotations

from baggage.queues import RingQueue


class TestRingQueue:
    def __init__(self, size: int = 4) -> None:
        self.queue = RingQueue(size)

    def test_overflow(self):
        for bag in "abcde":
            self.queue.put(bag)
        assert len(self.queue) == 4
