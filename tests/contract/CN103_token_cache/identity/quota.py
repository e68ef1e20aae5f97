import asyncio


class Quota:
    def __init__(self, store) -> None:
        self.store = store
        self.used = 0
        self._mutex = asyncio.Lock()

    async def spend(self, user: str) -> bool:
        async with self._mutex:
            if self.used < 100:
                self.used += await self.store.price(user)  # ok: CN103 under the lock
                return True
        return False

    async def total(self, users: list[str]) -> int:
        total = 0
        for user in users:
            total += await self.store.price(user)  # ok: CN103 a local name
        return total
