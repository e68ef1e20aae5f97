import aiohttp

from polling.client import fetch_all, fetch_in_turn


async def districts(session: aiohttp.ClientSession, numbers: list[int]) -> int:
    pages = await fetch_in_turn(session, [f"/district/{n}" for n in numbers])  # want: CN004
    return sum(len(page) for page in pages)


async def candidates(session: aiohttp.ClientSession, names: list[str]) -> list[bytes]:
    return await fetch_all(session, [f"/candidate/{name}" for name in names])  # ok: CN004 the replacement


STRATEGIES = {
    "gentle": fetch_in_turn,  # want: CN004
    "fast": fetch_all,  # ok: CN004 the replacement
}
