import asyncio
import threading
from concurrent.futures import ProcessPoolExecutor

from chatbot.training import retrain, retrain_from_scratch, warm_up, watch_models


class Engine:
    def __init__(self) -> None:
        self.pool = ProcessPoolExecutor(1)

    async def start(self) -> None:
        threading.Thread(target=watch_models, daemon=True).start()
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, retrain)
        self.pool.submit(retrain_from_scratch)

    async def answer(self, text: str) -> str:
        warm_up(text[:1])
        return text.upper()

    async def serve(self) -> None:
        asyncio.get_event_loop().run_forever()  # want: CN101

    async def export(self) -> str:
        def write() -> str:
            return asyncio.run(self.answer("export"))  # ok: CN101 runs in a thread of its own

        return await asyncio.to_thread(write)
