import asyncio
import threading

import redis

server = redis.Redis()
_jobs = threading.Lock()


def print_next(job) -> None:
    lock = server.lock("printer")
    lock.acquire()  # want: CN104
    job.print()
    lock.release()


def print_safely(job) -> None:
    lock = server.lock("printer")
    lock.acquire()  # ok: CN104 released in finally
    try:
        job.print()
    finally:
        lock.release()


def print_shortly(job) -> None:
    with server.lock("printer"):  # ok: CN104 a context manager
        job.print()


class Press:
    def __init__(self) -> None:
        self.plates = asyncio.Semaphore(4)

    async def run(self, sheet) -> None:
        await self.plates.acquire()  # want: CN104
        await sheet.press()
        self.plates.release()

    async def run_with(self, sheet) -> None:
        async with self.plates:  # ok: CN104 a context manager
            await sheet.press()


def hold():
    _jobs.acquire()  # ok: CN104 returned to the caller on purpose
    return _jobs
