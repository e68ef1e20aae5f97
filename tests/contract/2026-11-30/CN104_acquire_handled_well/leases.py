import asyncio
import threading


class Lease:  # ok: CN104 finally, with, handed to the caller, enter/exit
    def __init__(self, store, name):
        self.store = store
        self.name = name
        self._guard = threading.RLock()

    def __enter__(self):
        self._guard.acquire()
        self.store.acquire_lease(self.name)
        return self

    def __exit__(self, *exc):
        self.store.release_lease(self.name)
        self._guard.release()

    async def checkout(self, pool):
        """The caller gives the connection back with checkin()."""
        conn = await pool.acquire()
        return conn

    async def checkin(self, pool, conn):
        await pool.release(conn)


async def limited(semaphore: asyncio.Semaphore, job):
    await semaphore.acquire()
    try:
        return await job()
    finally:
        semaphore.release()


async def also_limited(semaphore: asyncio.Semaphore, job):
    async with semaphore:
        return await job()


def try_once(lock: threading.Lock, job):
    if not lock.acquire(blocking=False):
        return None
    try:
        return job()
    finally:
        lock.release()
