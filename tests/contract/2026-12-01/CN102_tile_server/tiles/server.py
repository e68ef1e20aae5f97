import asyncio
import weakref

import redis.asyncio as aioredis
from aiohttp import ClientSession, web

upstream: ClientSession | None = None
_locks: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]" = weakref.WeakKeyDictionary()


async def open_upstream(app: web.Application) -> None:
    global upstream
    upstream = ClientSession("https://upstream.example.com")  # ok: CN102 on_startup opens, on_cleanup closes


async def close_upstream(app: web.Application) -> None:
    if upstream is not None:
        await upstream.close()


def render_lock() -> asyncio.Lock:
    loop = asyncio.get_running_loop()
    if loop not in _locks:
        _locks[loop] = asyncio.Lock()  # ok: CN102 one for each loop
    return _locks[loop]


async def tile(request: web.Request) -> web.Response:
    async with render_lock():
        async with upstream.get(request.path) as answer:
            return web.Response(body=await answer.read())


def build() -> web.Application:
    app = web.Application()
    app.on_startup.append(open_upstream)
    app.on_cleanup.append(close_upstream)
    app.router.add_get("/{z}/{x}/{y}", tile)
    return app


class TileCache:
    def __init__(self, url: str) -> None:
        self._redis = aioredis.from_url(url)  # want: CN102

    async def lookup(self, key: str) -> bytes | None:
        return await self._redis.get(key)


cache = TileCache("redis://cache:6379/2")
