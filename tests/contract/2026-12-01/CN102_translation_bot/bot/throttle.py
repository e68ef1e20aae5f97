import asyncio


class Throttle:
    _gate: asyncio.Semaphore | None = None
    _gate_loop: asyncio.AbstractEventLoop | None = None

    @classmethod
    def gate(cls) -> asyncio.Semaphore:
        running = asyncio.get_running_loop()
        if cls._gate is None or cls._gate_loop is not running:
            cls._gate = asyncio.Semaphore(2)  # ok: CN102 replaced when the loop changes
            cls._gate_loop = running
        return cls._gate


_typing_changed = asyncio.Condition()  # want: CN102


async def wait_for_typing() -> None:
    async with _typing_changed:
        await _typing_changed.wait()


async def run_batch(lines: list[str]) -> list[str]:
    results: asyncio.Queue[str] = asyncio.Queue()  # ok: CN102 a local of one call

    async def one(line: str) -> None:
        async with Throttle.gate():
            await results.put(line.strip().lower())

    await asyncio.gather(*(one(line) for line in lines))
    return [results.get_nowait() for _ in lines]
