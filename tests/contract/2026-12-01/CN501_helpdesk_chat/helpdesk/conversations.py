"""Conversations between customers and the support desk."""
from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4


@dataclass
class Conversation:
    conversation_id: str
    customer_id: int
    lines: list[str] = field(default_factory=list)


class ConversationStore:
    def __init__(self) -> None:
        self._by_customer: dict[int, Conversation] = {}

    def create_conversation(self, conversation_id: str, customer_id: int) -> Conversation:
        conversation = Conversation(conversation_id, customer_id)
        self._by_customer[customer_id] = conversation
        return conversation

    def get_or_create_conversation(self, customer_id: int) -> Conversation:
        known = self._by_customer.get(customer_id)
        if known is not None:
            return known
        return self.create_conversation(str(uuid4()), customer_id)  # ok: CN501 this is the accessor itself

    def create_attachment(self, attachment_id: str, name: str) -> dict[str, str]:
        return {"id": attachment_id, "name": name}
