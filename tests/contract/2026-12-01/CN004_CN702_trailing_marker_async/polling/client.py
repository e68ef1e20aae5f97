import asyncio

import aiohttp


async def fetch_all(session: aiohttp.ClientSession, urls: list[str]) -> list[bytes]:
    async def one(url: str) -> bytes:
        async with session.get(url) as reply:
            return await reply.read()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]


async def fetch_in_turn(session, urls):  # canonry: superseded-by polling.client.fetch_all
    return [await (await session.get(url)).read() for url in urls]
