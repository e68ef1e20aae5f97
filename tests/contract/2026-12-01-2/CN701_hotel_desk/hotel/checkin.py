"""Check-in at the desk."""
from __future__ import annotations

import secrets
from dataclasses import dataclass, field


@dataclass
class Stay:
    guest: str
    room: int
    # TODO: encryption of the passport number before it is stored
    passport: str
    notes: list[str] = field(default_factory=list)


class Desk:
    """Hands out the rooms.

    The desk is given by dependency injection.
    """

    def __init__(self, rooms: list[int]) -> None:
        self.rooms = rooms
        self.stays: dict[int, Stay] = {}

    def check_in(self, guest: str, passport: str) -> Stay:
        # TODO: sort the rooms by floor
        room = self.rooms.pop()
        self.stays[room] = Stay(guest, room, passport)
        return self.stays[room]

    def move(self, clerk: str, room: int, target: int) -> None:
        # FIXME: any clerk may do this, check the permission first
        stay = self.stays.pop(room)
        stay.room = target
        self.stays[target] = stay

    def key_code(self, room: int) -> str:
        # The secret part of a code is made anew for each guest.
        return f"{room}-{secrets.randbelow(10_000):04d}"

    def search(self, name: str) -> list[Stay]:
        """Stays of a guest.

        XXX: the name goes into the SQL text of the archive, an SQL injection.
        """
        return [stay for stay in self.stays.values() if name in stay.guest]
