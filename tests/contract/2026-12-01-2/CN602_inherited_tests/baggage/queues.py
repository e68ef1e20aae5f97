"""Queues of bags at the carousel."""
from __future__ import annotations

from collections import deque


class ListQueue:
    def __init__(self) -> None:
        self._bags: list[str] = []

    def put(self, bag: str) -> None:
        self._bags.append(bag)

    def get(self) -> str:
        return self._bags.pop(0)

    def __len__(self) -> int:
        return len(self._bags)


class RingQueue:
    """Forgets the oldest bag when full."""

    def __init__(self, size: int) -> None:
        self._ring: deque[str] = deque(maxlen=size)

    def put(self, bag: str) -> None:
        if bag in self._ring:
            raise KeyError(bag)
        self._ring.append(bag)

    def __len__(self) -> int:
        return len(self._ring)
