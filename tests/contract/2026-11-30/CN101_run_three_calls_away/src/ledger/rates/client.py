"""Exchange rates over HTTP."""
from __future__ import annotations

import asyncio

import httpx

BASE = "https://rates.internal/v1"


async def _fetch(pair: str) -> float:
    async with httpx.AsyncClient(base_url=BASE) as client:
        response = await client.get(f"/{pair}")
        response.raise_for_status()
        return float(response.json()["rate"])


def current_rate(pair: str) -> float:
    """The rate of a currency pair, blocking."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_fetch(pair))  # want: CN101
    finally:
        loop.close()
