import asyncio


class Limiter:
    def __init__(self, store, limit: int) -> None:
        self.store, self.limit = store, limit
        self.left = limit
        self.session = None
        self.guard = asyncio.Lock()

    async def take(self, key: str) -> bool:
        left = self.left
        if not await self.store.allows(key):
            return False
        self.left = left - 1  # want: CN103
        return True

    async def connect(self):
        if not self.session:
            await self.store.ping()
            self.session = await self.store.open()  # want: CN103
        return self.session

    async def give_back(self, key: str) -> None:
        async with self.guard:
            left = self.left
            await self.store.forget(key)
            self.left = left + 1  # ok: CN103 the lock is held

    async def reset(self) -> None:
        await self.store.clear()
        self.left = self.limit  # ok: CN103 nothing was read before
