import asyncio

from crawler.fetching import fetcher
from crawler.links import links


async def crawl(start: str, limit: int) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = {}
    waiting: asyncio.Queue[str] = asyncio.Queue()  # ok: CN102 a local name
    waiting.put_nowait(start)
    async with fetcher() as pages:
        while not waiting.empty() and len(graph) < limit:
            url = waiting.get_nowait()
            text = await pages.fetch(url)
            graph[url] = links(url, text or "")
            for target in graph[url]:
                if target not in graph:
                    waiting.put_nowait(target)
    return graph
