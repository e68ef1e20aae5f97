import asyncio
from contextlib import asynccontextmanager
from contextvars import ContextVar

import aiohttp
import httpx
from fastapi import FastAPI

http: httpx.AsyncClient | None = None
request_lock: ContextVar[asyncio.Lock] = ContextVar("request_lock")


@asynccontextmanager
async def lifespan(app: FastAPI):  # ok: CN102 lifespan, loop check, contextvar, per call
    global http
    http = httpx.AsyncClient()
    yield
    await http.aclose()


app = FastAPI(lifespan=lifespan)


class LoopAware:
    _session: aiohttp.ClientSession | None = None
    _loop: asyncio.AbstractEventLoop | None = None

    async def session(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed or self._loop is not loop:
            self._session = aiohttp.ClientSession()
            self._loop = loop
        return self._session


fetcher = LoopAware()


async def fetch(url: str) -> str:
    async with httpx.AsyncClient() as client:
        response = await client.get(url)
        return response.text


async def guarded() -> None:
    lock = asyncio.Lock()
    request_lock.set(lock)
    async with lock:
        await asyncio.sleep(0)
