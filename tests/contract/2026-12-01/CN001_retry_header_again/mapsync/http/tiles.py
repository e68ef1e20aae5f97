import asyncio

import aiohttp

from mapsync.http.limits import retry_after_seconds


async def tile(session: aiohttp.ClientSession, z: int, x: int, y: int) -> bytes:
    async with session.get(f"/tiles/{z}/{x}/{y}.pbf") as reply:
        if reply.status == 429:
            await asyncio.sleep(retry_after_seconds(reply.headers))
            return await tile(session, z, x, y)
        reply.raise_for_status()
        return await reply.read()
