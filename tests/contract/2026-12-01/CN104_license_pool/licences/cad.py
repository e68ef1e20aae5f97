import asyncio
import threading

seats = threading.BoundedSemaphore(5)
table_lock = threading.RLock()


def render(model: str) -> bytes:
    seats.acquire()  # want: CN104
    with open(model, "rb") as source:
        mesh = source.read()
    picture = mesh[::-1]
    seats.release()
    return picture


def estimate(model: str, cache: dict[str, int]) -> int:
    table_lock.acquire()  # want: CN104
    if model in cache:
        table_lock.release()
        return cache[model]
    cache[model] = len(open(model, "rb").read())
    table_lock.release()
    return cache[model]


def convert(model: str) -> str:
    seats.acquire()  # ok: CN104 finally
    try:
        return model.replace(".step", ".stl")
    finally:
        seats.release()


class LicenceServer:
    def __init__(self) -> None:
        self.taken: set[str] = set()

    async def _acquire_licence(self, user: str) -> None:
        while user in self.taken:
            await asyncio.sleep(1)
        self.taken.add(user)

    async def _release_licence(self, user: str) -> None:
        self.taken.discard(user)

    async def simulate(self, user: str, steps: int) -> float:
        await self._acquire_licence(user)  # want: CN104
        stress = 0.0
        for step in range(steps):
            await asyncio.sleep(0)
            stress += 1 / (step - 7)
        await self._release_licence(user)
        return stress

    async def drawing(self, user: str, part: str) -> str:
        await self._acquire_licence(user)  # ok: CN104 finally
        try:
            return f"{part}.dxf by {user}"
        finally:
            await self._release_licence(user)
