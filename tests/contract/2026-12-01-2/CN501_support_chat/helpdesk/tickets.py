from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ticket:
    ticket_id: str
    thread_id: str


TICKETS: list[Ticket] = []


def create_ticket(ticket_id: str, thread_id: str) -> Ticket:
    ticket = Ticket(ticket_id, thread_id)
    TICKETS.append(ticket)
    return ticket


def tickets_of(thread_id: str) -> list[Ticket]:
    return [ticket for ticket in TICKETS if ticket.thread_id == thread_id]
