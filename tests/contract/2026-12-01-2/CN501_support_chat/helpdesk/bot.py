"""Answers what customers write."""
from __future__ import annotations

import secrets
from uuid import uuid4

from helpdesk.tickets import create_ticket
from helpdesk.threads import ThreadStore


class Bot:
    def __init__(self, store: ThreadStore, answer) -> None:
        self.store = store
        self.answer = answer

    async def on_message(self, customer: str, text: str) -> str:
        thread = self.store.create_thread(thread_id=str(uuid4()), customer=customer)  # want: CN501
        thread.lines.append(text)
        return await self.answer(thread)

    async def on_email(self, customer: str, text: str) -> str:
        thread = self.store.get_or_create_thread(customer)
        thread.lines.extend(text.splitlines())
        if "refund" in text.lower():
            create_ticket(ticket_id=str(uuid4()), thread_id=thread.id)  # ok: CN501 each ticket is new, the thread is the known one
        return await self.answer(thread)


async def handle_sms(store: ThreadStore, customer: str, parts: list[str]) -> str:
    thread_id = "sms-" + secrets.token_hex(8)
    thread = store.create_thread(thread_id, customer)  # want: CN501
    thread.lines += parts
    return thread.id
