import asyncio


class ScoreStore:
    async def load(self, room: str) -> int:
        await asyncio.sleep(0)
        return len(room)

    async def save(self, room: str, score: int) -> None:
        await asyncio.sleep(0)


class Room:
    def __init__(self, name: str, store: ScoreStore) -> None:
        self.name = name
        self.store = store
        self.score = 0
        self.seats = 8
        self.phase = "waiting"
        self.host: str | None = None
        self._mutex = asyncio.Lock()

    async def take_seat(self, player: str) -> bool:
        if self.seats > 0:
            await self.store.load(player)
            self.seats -= 1  # want: CN103
            return True
        return False

    async def award(self, points: int) -> None:
        current = self.score
        await self.store.save(self.name, current + points)
        self.score = current + points  # want: CN103

    async def begin(self) -> None:
        self.phase = "starting"  # ok: CN103 written only, nothing read first
        await self.store.load(self.name)
        self.phase = "running"  # ok: CN103 written only

    async def elect_host(self, player: str) -> str:
        await self._mutex.acquire()
        try:
            if self.host is None:
                await self.store.load(player)
                self.host = player  # ok: CN103 the mutex is held by hand
            return self.host
        finally:
            self._mutex.release()

    def add_bonus(self, points: int) -> None:
        self.score = self.score + points  # ok: CN103 no coroutine
