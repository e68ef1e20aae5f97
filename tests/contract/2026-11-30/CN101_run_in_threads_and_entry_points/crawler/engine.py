import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from crawler.reports import write_report

pool = ThreadPoolExecutor(max_workers=2)


async def crawl(url: str) -> int:
    pages = await _walk(url)
    await asyncio.to_thread(write_report, url, pages)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(pool, _archive, pages)
    watcher = threading.Thread(target=_watch, args=(url,), daemon=True)
    watcher.start()
    return len(pages)


async def _walk(url: str) -> list[str]:
    await asyncio.sleep(0)
    return [url]


def _archive(pages: list[str]) -> None:
    asyncio.run(_upload(pages))


async def _upload(pages: list[str]) -> None:
    await asyncio.sleep(0)


def _watch(url: str) -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(_walk(url))
    loop.run_forever()
