import asyncio
from collections.abc import Awaitable, Callable


class RetryPolicy:  # ok: CN003 the most used of the two
    def __init__(self, tries: int, pause: float) -> None:
        self.tries = tries
        self.pause = pause

    async def run(self, call: Callable[[], Awaitable[int]]) -> int:
        status = await call()
        for attempt in range(1, self.tries):
            if status < 500:
                break
            await asyncio.sleep(self.pause * attempt)
            status = await call()
        return status


def build_plan(urls: list[str]) -> list[list[str]]:  # want: CN003
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(url.split("/")[2], []).append(url)
    return list(hosts.values())
