import asyncio

import httpx


async def fetch_all(urls: list[str]) -> list[str]:
    async with httpx.AsyncClient() as client:
        answers = await asyncio.gather(*(client.get(url) for url in urls))
    return [answer.text for answer in answers]


def fetch_blocking(urls: list[str]) -> list[str]:
    return asyncio.run(fetch_all(urls))  # want: CN101 build_report


def fetch_in_background(urls: list[str]) -> list[str]:
    return asyncio.run(fetch_all(urls))  # ok: CN101 the route starts it in a thread
