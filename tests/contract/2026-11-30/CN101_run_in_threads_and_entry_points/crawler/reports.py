import asyncio
from pathlib import Path


async def _summarise(pages: list[str]) -> str:
    await asyncio.sleep(0)
    return "\n".join(pages)


def write_report(url: str, pages: list[str]) -> None:
    text = asyncio.run(_summarise(pages))
    Path("report.txt").write_text(url + "\n" + text)
