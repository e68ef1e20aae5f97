import asyncio
from concurrent.futures import ThreadPoolExecutor

from atlas.tiles import Renderer, download_all

POOL = ThreadPoolExecutor(2)


async def sheet(request) -> list[bytes]:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(POOL, download_all, request.numbers)


async def poster(request) -> bytes:
    return Renderer().render(request.numbers)
