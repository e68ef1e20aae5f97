import asyncio
import logging

logger = logging.getLogger(__name__)


class Worker:
    def __init__(self, queue: asyncio.Queue, index) -> None:
        self.queue = queue
        self.index = index
        self.failed = False

    async def run(self) -> None:
        while True:
            document = await self.queue.get()
            try:
                await self.index.add(document)
            except asyncio.CancelledError:  # ok: CN201 cancelled, and raised again
                logger.debug("cancelled")
                raise
            except Exception as error:  # want: CN201
                logger.debug("skipped %s: %s", document, error)
            self.queue.task_done()

    def next_page(self, pages) -> str:
        try:
            return next(pages)
        except StopIteration:  # ok: CN201 the end is expected
            logger.debug("no more pages")
            return ""

    async def ping(self) -> bool:
        try:
            await self.index.ping()
        except Exception:  # want: CN201
            logger.debug("index does not answer", exc_info=True)
            return False
        return True

    async def stop(self) -> None:
        try:
            await self.index.close()
        except Exception:  # ok: CN201 an error is seen
            logger.error("cannot close the index", exc_info=True)
            self.failed = True
