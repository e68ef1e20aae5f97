from typing import NamedTuple


class Sighting(NamedTuple):  # ok: CN003 another service
    visitor: str
    text: str
