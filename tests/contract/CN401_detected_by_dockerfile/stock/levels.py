from typing import NamedTuple


class Level(NamedTuple):
    article: str
    count: int
