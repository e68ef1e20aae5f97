import asyncio

import aiohttp


async def kwh(http: aiohttp.ClientSession, household: str) -> float:
    async with http.get(f"https://grid.example.com/{household}") as answer:
        return float(await answer.text())


class Aggregator:
    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.total = 0.0
        self.peak = 0.0
        self.rounds = 0
        self.mean: float | None = None
        self._lock = asyncio.Lock()
        self.net = 0.0

    async def add(self, household: str) -> None:
        self.total += await kwh(self.http, household)  # want: CN103

    async def add_exported(self, household: str) -> None:
        exported = await kwh(self.http, household + "/export")
        self.net = self.net - exported  # ok: CN103 read after the await

    async def note_peak(self, household: str) -> None:
        value = await kwh(self.http, household)
        if value > self.peak:
            self.peak = value  # ok: CN103 checked and set after the await

    async def finish_round(self) -> None:
        self.rounds = self.rounds + 1  # ok: CN103 written before the await
        await asyncio.sleep(0)

    async def settle(self, households: list[str]) -> float:
        async with self._lock:
            for name in households:
                self.total += await kwh(self.http, name)  # ok: CN103 under the lock
        return self.total

    async def average(self, household: str) -> float:
        async with asyncio.timeout(10):
            if self.mean is None:
                readings = await kwh(self.http, household + "/mean")
                self.mean = readings / 24  # want: CN103
        return self.mean


async def monthly(http: aiohttp.ClientSession, households: list[str]) -> float:
    amount = 0.0
    for household in households:
        amount += await kwh(http, household + "/month")  # ok: CN103 a local variable
    return amount
