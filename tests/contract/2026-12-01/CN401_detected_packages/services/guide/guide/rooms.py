from typing import NamedTuple


class Room(NamedTuple):
    name: str
    minutes: int
