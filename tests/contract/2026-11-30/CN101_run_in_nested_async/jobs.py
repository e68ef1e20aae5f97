import asyncio as aio
from typing import Awaitable, Callable


async def send_mail(address: str, body: str) -> None:
    await aio.sleep(0.1)


def make_job(address: str) -> Callable[[str], Awaitable[None]]:
    async def job(body: str) -> None:
        for _ in range(3):
            try:
                aio.run(send_mail(address, body))  # want: CN101
            except OSError:
                continue
            return

    return job
