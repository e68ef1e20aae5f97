import asyncpg


class PayrollStore:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def salaries(self, month: str) -> list:
        connection = await self._pool.acquire()  # want: CN104
        rows = await connection.fetch("select * from salary where month = $1", month)
        await self._pool.release(connection)
        return rows

    async def raise_all(self, percent: int) -> None:
        connection = await self._pool.acquire()  # ok: CN104 released in finally
        try:
            await connection.execute("update salary set cents = cents * (100 + $1) / 100", percent)
        finally:
            await self._pool.release(connection)

    async def total(self, month: str) -> int:
        async with self._pool.acquire() as connection:  # ok: CN104 a context manager
            return await connection.fetchval("select sum(cents) from salary where month = $1", month)

    async def checkout(self):
        return await self._pool.acquire()  # ok: CN104 the caller gets it
