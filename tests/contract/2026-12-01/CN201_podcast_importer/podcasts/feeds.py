import asyncio
import logging
from pathlib import Path
from xml.etree import ElementTree

import httpx

logger = logging.getLogger(__name__)


async def fetch_episodes(http: httpx.AsyncClient, url: str) -> list[str]:
    try:
        answer = await http.get(url)
        tree = ElementTree.fromstring(answer.text)
    except Exception as error:  # want: CN201
        logger.debug("feed %s unreadable: %s", url, error)
        return []
    return [node.text or "" for node in tree.iter("title")]


def cached_artwork(folder: Path, show: str) -> bytes | None:
    try:
        return (folder / f"{show}.png").read_bytes()
    except FileNotFoundError:  # ok: CN201 the fallback answers it
        logger.debug("no artwork yet for %s", show)
        return None


def episode_length(tags: dict[str, str]) -> int:
    try:
        return int(tags["duration"])
    except KeyError:  # ok: CN201 a missing tag is expected
        logger.debug("no duration tag")
        return 0


async def refresh_forever(http: httpx.AsyncClient, urls: list[str]) -> None:
    while True:
        try:
            await asyncio.gather(*(fetch_episodes(http, url) for url in urls))
        except asyncio.CancelledError:  # ok: CN201 raised again
            logger.debug("refresh stopped")
            raise
        await asyncio.sleep(900)


def normalise(shows: list[dict]) -> list[str]:
    names = []
    for show in shows:
        try:
            names.append(show["title"].strip().casefold())
        except Exception:  # want: CN201
            logger.debug("show skipped", exc_info=True)
            continue
    return names


def parse_chapters(raw: str) -> list[float]:
    try:
        return [float(mark) for mark in raw.split(",")]
    except Exception as error:  # ok: CN201 raised on
        logger.debug("bad chapters %r", raw)
        raise ValueError("chapters are comma separated seconds") from error
