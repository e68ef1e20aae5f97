import asyncio
from typing import Any


class Bank:
    async def hold(self, bidder: str, amount: int) -> int:
        await asyncio.sleep(0)
        return amount

    async def fee(self) -> int:
        await asyncio.sleep(0)
        return 3


class Lot:
    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.highest = 0
        self.held = 0
        self.fees = 0
        self.auctioneer: Any = None
        self.bids = 0
        self.sold = False
        self._hammer = asyncio.Lock()

    async def bid(self, bidder: str, amount: int) -> bool:
        if amount > self.highest:
            await self.bank.hold(bidder, amount)
            self.highest = amount  # want: CN103
            return True
        self.bids += 1  # ok: CN103 a plain step
        return False

    async def hold_more(self, bidder: str, amount: int) -> None:
        self.held = self.held + await self.bank.hold(bidder, amount)  # want: CN103

    async def charge(self) -> None:
        self.fees -= await self.bank.fee()  # want: CN103

    async def hammer(self) -> bool:
        async with self._hammer:
            if self.sold:
                return False
            await self.bank.fee()
            self.sold = True  # ok: CN103 under the lock
            return True

    async def appoint(self, agency: "asyncio.Queue[str]") -> str:
        if self.auctioneer is not None:
            return self.auctioneer
        self.auctioneer = await agency.get()  # want: CN103
        return self.auctioneer

    async def reset(self) -> None:
        self.highest = 0  # ok: CN103 nothing was read
        await self.bank.fee()
        self.held = 0  # ok: CN103 nothing was read
