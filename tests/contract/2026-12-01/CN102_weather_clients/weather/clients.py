import asyncio
import threading
from contextvars import ContextVar

import httpx

_forecast = httpx.AsyncClient(base_url="https://forecast.example.com", timeout=5)  # want: CN102
_archive = httpx.Client(base_url="https://archive.example.com")  # ok: CN102 a sync client knows no loop
_quota = asyncio.Semaphore(4)  # want: CN102
_stats_guard = threading.Lock()  # ok: CN102 a thread lock
_trace_client: ContextVar[httpx.AsyncClient | None] = ContextVar("_trace_client", default=None)  # ok: CN102 a context variable

_hits: dict[str, int] = {}


async def forecast(city: str) -> dict:
    async with _quota:
        answer = await _forecast.get("/v1/daily", params={"city": city})
    with _stats_guard:
        _hits[city] = _hits.get(city, 0) + 1
    return answer.json()


def normals(station: str) -> list[float]:
    return _archive.get(f"/normals/{station}").json()["monthly"]


async def trace(point: str) -> str:
    client = _trace_client.get()
    if client is None:
        client = httpx.AsyncClient()  # ok: CN102 kept in the context only
        _trace_client.set(client)
    return (await client.get(point)).text
