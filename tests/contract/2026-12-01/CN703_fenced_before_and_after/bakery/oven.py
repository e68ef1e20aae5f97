import asyncio
import time

PAUSE = 2.5


def preheat(read) -> float:
    while read() < 220:
        time.sleep(PAUSE)  # want: CN703
    return read()


async def cool(read) -> float:
    while read() > 40:
        await asyncio.sleep(PAUSE)  # ok: CN703 the correct form
    return read()
