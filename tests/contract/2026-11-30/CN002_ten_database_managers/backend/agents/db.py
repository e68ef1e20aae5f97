import asyncpg


class EnhancedDBConnectionManager:
    def __init__(self, url):
        self.url = url
        self.pool = None

    async def connect(self):
        self.pool = await asyncpg.create_pool(self.url)

    async def get_session(self):
        return self.pool.acquire()

    async def health_check(self):
        async with self.pool.acquire() as connection:
            await connection.execute("select 1")
        return True

    async def close(self):
        await self.pool.close()
