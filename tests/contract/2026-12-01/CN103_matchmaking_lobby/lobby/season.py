from lobby.rooms import ScoreStore


class SeasonTable:  # canonry: single-writer
    """Only the season task touches it."""

    def __init__(self, store: ScoreStore) -> None:
        self.store = store
        self.points = 0
        self.opened: bool | None = None

    async def fold(self, rooms: list[str]) -> int:
        for name in rooms:
            self.points += await self.store.load(name)  # ok: CN103 declared to have a single writer
        return self.points


class Ladder:
    def __init__(self, store: ScoreStore) -> None:
        self.store = store
        self.rank = 0

    async def climb(self, room: str) -> None:
        self.rank = self.rank + await self.store.load(room)  # want: CN103

    async def drop_to(self, room: str) -> None:
        self.rank = await self.store.load(room)  # ok: CN103 replaced, the old value is not read
