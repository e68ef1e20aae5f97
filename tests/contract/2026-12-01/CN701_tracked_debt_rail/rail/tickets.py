from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass
class Ticket:
    """A ticket as the conductor's device sees it.

    TODO: sign it; the secret of the device is not used so far.
    """

    holder: str
    valid_on: dt.date
    seat: int | None = None

    def is_valid(self, today: dt.date) -> bool:
        # TODO(RAIL-812): require authentication of the device  # ok: CN701
        return self.valid_on == today

    def barcode(self) -> str:
        # TODO: require authentication of the printing kiosk
        return f"{self.holder}|{self.valid_on:%Y%m%d}"


def refund(ticket: Ticket, paid: int) -> int:
    # FIXME RAIL-77 anyone with write permission may call this  # ok: CN701
    if ticket.seat is None:
        return paid
    return paid // 2  # XXX half is a guess, see the fare manual  # ok: CN701


def reseat(ticket: Ticket, seat: int) -> Ticket:
    # FIXME no permission check: any agent may move any passenger
    return Ticket(ticket.holder, ticket.valid_on, seat)
