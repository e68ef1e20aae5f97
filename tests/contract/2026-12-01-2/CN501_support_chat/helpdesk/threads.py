"""Threads of the help desk, one per customer and topic."""
from __future__ import annotations

import uuid
from dataclasses import dataclass, field


@dataclass
class HelpThread:
    id: str
    customer: str
    lines: list[str] = field(default_factory=list)


class ThreadStore:
    def __init__(self) -> None:
        self._by_id: dict[str, HelpThread] = {}
        self._by_customer: dict[str, str] = {}

    def create_thread(self, thread_id: str, customer: str) -> HelpThread:
        thread = HelpThread(thread_id, customer)
        self._by_id[thread_id] = thread
        self._by_customer[customer] = thread_id
        return thread

    def get_or_create_thread(self, customer: str) -> HelpThread:
        """The customer's open thread, a new one if there is none."""
        known = self._by_customer.get(customer)
        if known is not None:
            return self._by_id[known]
        return self.create_thread(thread_id=str(uuid.uuid4()), customer=customer)  # ok: CN501 the accessor itself


store = ThreadStore()
