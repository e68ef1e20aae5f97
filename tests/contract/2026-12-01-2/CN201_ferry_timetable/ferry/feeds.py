"""Pulls sailings from the harbour operators' feeds."""
from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path

import httpx

from ferry.model import Sailing

log = logging.getLogger(__name__)

FEED_TIMEOUT = 15.0


async def fetch_sailings(client: httpx.AsyncClient, harbour: str) -> list[Sailing]:
    """Return today's sailings of one harbour."""
    try:
        response = await client.get(f"/harbours/{harbour}/sailings", timeout=FEED_TIMEOUT)
        response.raise_for_status()
        rows = response.json()["sailings"]
    except Exception as exc:  # want: CN201
        log.debug("feed of %s gave nothing: %s", harbour, exc)
        return []
    return [Sailing.from_row(harbour, row) for row in rows]


async def fetch_notices(client: httpx.AsyncClient) -> list[str]:
    try:
        response = await client.get("/notices", timeout=FEED_TIMEOUT)
        response.raise_for_status()
    except httpx.HTTPError as exc:  # ok: CN201 logged as a warning, not only at debug
        log.debug("notice request: %r", exc)
        log.warning("no notices today", exc_info=True)
        return []
    return [item["text"] for item in response.json()]


def read_snapshot(path: Path) -> dict[str, str]:
    """Read the last snapshot, an empty one on the first run."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:  # ok: CN201 a missing snapshot is what the empty dict answers
        log.debug("no snapshot at %s yet", path)
        return {}
    return json.loads(text)


async def poll_forever(client: httpx.AsyncClient, harbours: list[str], publish) -> None:
    while True:
        for harbour in harbours:
            try:
                await publish(await fetch_sailings(client, harbour))
            except asyncio.CancelledError:  # ok: CN201 cancelled and raised again
                log.debug("poller stopped")
                raise
            except Exception:  # want: CN201
                log.info("could not publish %s", harbour)
                continue
        await asyncio.sleep(60)
