import asyncio

_running = asyncio.Lock()  # want: CN102


class Batch:
    def __init__(self, symbols: list[str]) -> None:
        self.symbols = symbols
        self._done = asyncio.Event()  # ok: CN102 each batch has its own

    async def run(self) -> list[str]:
        async with _running:
            await asyncio.sleep(0)
        self._done.set()
        return self.symbols


async def run_batch(symbols: list[str]) -> list[str]:
    return await Batch(symbols).run()
