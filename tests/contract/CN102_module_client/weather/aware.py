import asyncio

import aiohttp

_session: aiohttp.ClientSession | None = None
_loop: asyncio.AbstractEventLoop | None = None


async def get_session() -> aiohttp.ClientSession:
    global _session, _loop
    running = asyncio.get_running_loop()
    if _session is None or _session.closed or _loop is not running:
        _session = aiohttp.ClientSession()  # ok: CN102 checked against the running loop
        _loop = running
    return _session
