import asyncio
from decimal import Decimal


class Wallet:
    def __init__(self, store) -> None:
        self.store = store
        self.balance = Decimal(0)
        self._lock = asyncio.Lock()

    async def deposit(self, amount: Decimal) -> None:
        async with self._lock:
            before = self.balance
            await self.store.append("deposit", amount)
            self.balance = before + amount

    async def withdraw(self, amount: Decimal) -> None:
        before = self.balance
        if before < amount:
            raise ValueError("not enough money")
        await self.store.append("withdraw", amount)
        self.balance = before - amount  # want: CN103
