import asyncio
import logging

import aiohttp
from aiohttp import web

stream_log = logging.getLogger(__name__)


async def guide(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        with open(f"/srv/audio/{request.match_info['room']}.ogg", "rb") as clip:
            while chunk := clip.read(65536):
                await response.write(chunk)
    except ConnectionResetError as gone:
        stream_log.warning("visitor left: %s", gone)  # ok: CN202 not an error log
    except OSError as gone:
        stream_log.error("clip unreadable: %s", gone)  # want: CN202
    return response


async def mirror(rooms: list[str], target: str) -> int:
    copied = 0
    async with aiohttp.ClientSession(target) as http:
        for room in rooms:
            try:
                async with http.put(f"/{room}") as answer:
                    answer.raise_for_status()
            except aiohttp.ClientResponseError as refusal:
                stream_log.error("mirror of %s refused: %s", room, refusal)  # want: CN202
            except asyncio.TimeoutError as late:
                stream_log.error("mirror of %s: %s", room, repr(late))  # ok: CN202 repr
            else:
                copied += 1
    return copied


def volume(levels: dict[str, int], room: str) -> int:
    try:
        level = levels[room]
        if level > 11:
            stream_log.error("room %s is set to %d", room, level)  # ok: CN202 in the try, no exception
        return min(level, 11)
    except KeyError as unknown:
        stream_log.error("no volume for a room", extra={"room": room}, exc_info=unknown)  # ok: CN202 exc_info
        return 5


def language_of(header: str) -> str:
    try:
        return header.split(",")[0].split("-")[0]
    except AttributeError as unknown:
        stream_log.error("header %s: %s", header, unknown, stack_info=False, exc_info=(type(unknown), unknown, None))  # ok: CN202 exc_info tuple
        return "en"
