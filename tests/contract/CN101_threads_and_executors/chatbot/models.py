import asyncio


async def load_models(which: str) -> list[str]:
    await asyncio.sleep(0.1)
    return [which]
